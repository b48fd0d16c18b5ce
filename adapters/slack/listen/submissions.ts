/** Submitted forms: written, then closed or turned into what there is to say. */
import { z } from "zod";
import type { Reply } from "../../../src/platform.ts";
import { hasFile } from "../answer/files.ts";
import type { Sheet } from "../answer/forms.ts";
import { type Origin, readOrigin, type Scene, sceneOf } from "../answer/origin.ts";
import { problemsOf, readForm } from "../render/views.ts";
import { AGAIN, type Call, TAKEN, type Verdict } from "./acknowledge.ts";
import { type FlowOptions, take } from "./take.ts";

const stateSchema = z.object({
  view: z.object({ state: z.object({ values: z.record(z.string(), z.unknown()) }) }),
});

/**
 * A submission that could not be written leaves the form open, with the words in it and a line that
 * says so. One that was written closes it; what its button was in is replaced then.
 */
export async function takeSubmission(call: Call, options: FlowOptions): Promise<void> {
  call.fallback = () => unsaved(call, options);
  const taken = await take(call, "view", options);
  if (taken === "failed") return void call.settle(call.fallback());
  if (taken === "ignored") return void call.settle(TAKEN);
  const { reply } = taken;
  const scene = sceneOf(call);
  const origin = readOrigin(readForm(call.body)?.origin ?? "");
  const sheet = sheetOf(reply, origin, call.locale);
  const closes = sheet === undefined || reply.kind === "update";
  const inTime = call.settle(closes ? TAKEN : turnedInto(sheet, options));
  // The form said "not saved yet" meanwhile, or that a file comes: now it says what became of it.
  const later = !inTime || (sheet?.kind === "message" && hasFile(sheet.message));
  if (later && sheet !== undefined && scene.origin.kind === "modal") {
    await fill(scene, scene.origin.viewId, sheet, options);
  }
  if (reply.kind === "update") {
    const there = { ...scene, origin: { kind: "nowhere" } as const };
    await options.answers.replace(there, origin, reply.message);
  }
}

function fill(scene: Scene, viewId: string, sheet: Sheet, { forms, answers }: FlowOptions) {
  return sheet.kind === "message"
    ? answers.fill(scene, viewId, sheet.message)
    : forms.fill(scene, viewId, sheet);
}

function sheetOf(reply: Reply, origin: Origin, locale: string | undefined): Sheet | undefined {
  if (reply.kind === "nothing") return undefined;
  if (reply.kind === "form") return { kind: "form", form: reply.form, origin, locale };
  return { kind: "message", message: reply.message };
}

/** A form with something wrong in it stays as it is, with what is wrong beneath the fields. */
function turnedInto(sheet: Sheet, { forms }: FlowOptions): Verdict {
  const errors =
    sheet.kind === "form" && sheet.form.notice === undefined ? problemsOf(sheet.form) : undefined;
  if (errors !== undefined)
    return { kind: "taken", payload: { response_action: "errors", errors } };
  return { kind: "taken", payload: { response_action: "update", view: forms.view(sheet) } };
}

/** Shown at the first field; a form without one is not acknowledged, and Slack says so itself. */
function unsaved(call: Call, { say }: FlowOptions): Verdict {
  const [field] = Object.keys(stateSchema.safeParse(call.body).data?.view.state.values ?? {});
  if (field === undefined) return AGAIN;
  const errors = { [field]: say(call.locale, "slack.form.unsaved") };
  return { kind: "taken", payload: { response_action: "errors", errors } };
}
