/** The core's replies, put where the person who acted sees them. Nothing here ever rejects. */
import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../src/log.ts";
import type { Message } from "../../src/platform.ts";
import type { HandOut } from "./answer/files.ts";
import type { Forms } from "./answer/forms.ts";
import type { Origin, Scene } from "./answer/origin.ts";
import type { Respond } from "./answer/respond.ts";
import { slackError } from "./errors.ts";
import { renderHome } from "./render/views.ts";
import { renderMessage } from "./render.ts";
import { markOf } from "./send/find.ts";

export interface Answers {
  /** For the actor's eyes only; in the conversation with us an ordinary message. */
  tell(scene: Scene, message: Message): Promise<void>;
  /** In place of what is at `origin`; told to the actor when that is gone. */
  replace(scene: Scene, origin: Origin, message: Message): Promise<void>;
  /** In place of what a command was acknowledged with. */
  follow(scene: Scene, message: Message): Promise<void>;
  /** On our own page (App Home) of the actor. */
  publish(scene: Scene, message: Message): Promise<void>;
  /** In a modal that is open; false when it could not be. */
  fill(scene: Scene, viewId: string, message: Message): Promise<boolean>;
}

/** One way to show something; false or a rejection: the next one is tried. */
type Way = () => Promise<unknown>;

/** Slack takes about one message a second in a channel: somebody may have been told just now. */
const SHORT_WAIT_MS = 3000;
const MOST_WAITS = 3;

async function afterShortWaits(way: Way): Promise<unknown> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await way();
    } catch (error) {
      const { code, retryAfterMs = 0 } = slackError(error);
      if (code !== "rate-limited" || retryAfterMs > SHORT_WAIT_MS || waits === MOST_WAITS) {
        throw error;
      }
      await pause(retryAfterMs, undefined, { ref: false });
    }
  }
}

/** What there is to answer with. */
interface Means {
  readonly handOut: HandOut;
  readonly forms: Forms;
  readonly respond: Respond;
}

export function createAnswers({ log, ...means }: Means & { readonly log: Log }): Answers {
  const firstOf = async (...ways: readonly Way[]): Promise<void> => {
    let last: unknown = new Error("there is no way to answer");
    for (const way of ways) {
      try {
        if ((await afterShortWaits(way)) !== false) return;
      } catch (error) {
        last = error;
      }
    }
    log.warn({ error: slackError(last) }, "an answer could not be shown in Slack");
  };
  const privately = (scene: Scene, message: Message): Way[] => [
    ...inModal(scene, message, means),
    ...quietly(scene, message, means),
  ];
  /** Files first: then the words can say where they are. */
  const handedOut =
    (ways: (scene: Scene, message: Message) => Way[]) =>
    async (scene: Scene, message: Message): Promise<void> =>
      firstOf(...ways(scene, await means.handOut(scene, message)));
  return {
    tell: handedOut(privately),
    replace: (scene, origin, message) =>
      handedOut((there, said) => [
        ...inPlace(there, origin, said, means),
        ...privately(there, said),
      ])(scene, message),
    follow: handedOut((scene, message) => [
      ...responding(scene.responseUrl, message, true, means),
      ...quietly(scene, message, means),
    ]),
    // Beside our page there is no conversation, though Slack names it.
    publish: (scene, message) =>
      handedOut((there, said) => [() => publish(there, said)])(
        { ...scene, channel: undefined },
        message,
      ),
    fill: async (scene, viewId, message) =>
      means.forms.fill(scene, viewId, {
        kind: "message",
        message: await means.handOut(scene, message),
      }),
  };
}

/** Whoever acted in a modal or on our page looks there, where no message can appear. */
function inModal(scene: Scene, message: Message, { forms }: Means): Way[] {
  const { origin } = scene;
  const sheet = { kind: "message", message } as const;
  if (origin.kind === "modal") return [() => forms.fill(scene, origin.viewId, sheet)];
  return origin.kind === "home" ? [() => forms.open(scene, sheet)] : [];
}

/** Ways to a message that only the actor sees, best first; the last is the conversation with us. */
function quietly(scene: Scene, message: Message, means: Means): Way[] {
  const { workspace, userId, channel, thread } = scene;
  const { client } = workspace;
  const content = renderMessage(message);
  const direct = (to: string) => () =>
    client.chat.postMessage({ ...content, ...answering(scene), channel: to });
  if (channel?.startsWith("D")) return [direct(channel)];
  const place = thread === undefined ? {} : { thread_ts: thread };
  const whisper = (to: string) => () =>
    client.chat.postEphemeral({ ...content, ...place, channel: to, user: userId });
  return [
    ...responding(scene.responseUrl, message, false, means),
    ...(channel === undefined ? [] : [whisper(channel)]),
    ...(userId === "" ? [] : [direct(userId)]),
  ];
}

/** Marks the message as ours, by what it answers. */
function answering({ eventId }: Scene) {
  return eventId === undefined ? {} : markOf(`reply:${eventId}`);
}

/** Ways to replace what is at the origin. */
function inPlace(scene: Scene, origin: Origin, message: Message, means: Means): Way[] {
  switch (origin.kind) {
    case "home":
      return [() => publish(scene, message)];
    case "modal":
      return [() => means.forms.fill(scene, origin.viewId, { kind: "message", message })];
    case "ephemeral":
      return responding(origin.url, message, true, means);
    case "message": {
      const { channel, ts } = origin;
      const { client } = scene.workspace;
      const edit = () => client.chat.update({ ...renderMessage(message), channel, ts });
      return [...responding(scene.responseUrl, message, true, means), edit];
    }
    case "nowhere":
      return [];
  }
}

function publish({ workspace, userId }: Scene, message: Message): Promise<unknown> {
  return workspace.client.views.publish({ user_id: userId, view: renderHome(message) });
}

/** By a response URL: neither a scope nor a rate limit of the app counts there. */
function responding(
  url: string | undefined,
  message: Message,
  replaces: boolean,
  { respond }: Means,
): Way[] {
  if (url === undefined) return [];
  const how = { response_type: "ephemeral", replace_original: replaces };
  return [() => respond(url, { ...renderMessage(message), ...how })];
}
