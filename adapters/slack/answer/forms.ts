/** Forms as modals: opened at once where time is short, filled when the answer is there. */
import type { Log } from "../../../src/log.ts";
import type { Form, Message } from "../../../src/platform.ts";
import { slackError } from "../errors.ts";
import { loadingView, renderForm } from "../render/views.ts";
import { renderMessage } from "../render.ts";
import type { SlackOptions } from "../workspace.ts";
import { type Origin, type Scene, writeOrigin } from "./origin.ts";

/** What a modal shows. */
export type Sheet =
  | {
      readonly kind: "form";
      readonly form: Form;
      readonly origin: Origin;
      readonly locale: string | undefined;
    }
  | { readonly kind: "message"; readonly message: Message };

export interface Forms {
  /** The modal as Slack takes it, also in the acknowledgement of a submission. */
  view(sheet: Sheet): ReturnType<typeof renderForm>;
  /** Opens an empty modal. Its id, or undefined when the trigger was too old or used (F12). */
  openEmpty(scene: Scene, locale: string | undefined): Promise<string | undefined>;
  /** Opens a modal; false when it could not be. */
  open(scene: Scene, sheet: Sheet): Promise<boolean>;
  /** Changes a modal; false when it could not be, for instance because it was closed. */
  fill(scene: Scene, viewId: string, sheet: Sheet): Promise<boolean>;
}

export function createForms({ say, log }: Pick<SlackOptions, "say"> & { log: Log }): Forms {
  const view: Forms["view"] = (sheet) => {
    if (sheet.kind === "form") {
      const { form, origin, locale } = sheet;
      return renderForm(form, writeOrigin(origin), say(locale, "slack.form.cancel"));
    }
    const { locale } = sheet.message;
    return {
      type: "modal",
      title: { type: "plain_text", text: say(locale, "slack.modal.title") },
      close: { type: "plain_text", text: say(locale, "slack.modal.close") },
      blocks: renderMessage(sheet.message).blocks,
    };
  };
  const empty = (locale: string | undefined) =>
    loadingView(
      say(locale, "slack.modal.title"),
      say(locale, "slack.moment"),
      say(locale, "slack.modal.close"),
    );
  const attempt = async <T>(call: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await call();
    } catch (error) {
      log.info({ error: slackError(error) }, "a modal could not be shown in Slack");
      return undefined;
    }
  };
  const open = async (scene: Scene, content: ReturnType<typeof loadingView>) => {
    const { triggerId, workspace } = scene;
    if (triggerId === undefined) return undefined;
    return attempt(() => workspace.client.views.open({ trigger_id: triggerId, view: content }));
  };
  return {
    view,
    openEmpty: async (scene, locale) => (await open(scene, empty(locale)))?.view?.id,
    open: async (scene, sheet) => (await open(scene, view(sheet))) !== undefined,
    fill: async ({ workspace }, viewId, sheet) =>
      (await attempt(() =>
        workspace.client.views.update({ view_id: viewId, view: view(sheet) }),
      )) !== undefined,
  };
}
