/**
 * From a payload to its acknowledgement and answer. What is written is written first: events, taps
 * and submissions are acknowledged when the inbox has them, or not at all. Commands and shortcuts
 * come only once, so whoever gave them hears something in time, whatever the database does.
 */
import type { Form, Message, Reply } from "../../../src/platform.ts";
import { within } from "../../common/patience.ts";
import { hasFile } from "../answer/files.ts";
import { type Scene, sceneOf, sceneOfEvent } from "../answer/origin.ts";
import { pressedToken } from "../receive/words.ts";
import type { Incoming } from "../receive.ts";
import { renderMessage } from "../render.ts";
import { AGAIN, type Call, TAKEN, type Verdict } from "./acknowledge.ts";
import { takeSubmission } from "./submissions.ts";
import { type FlowOptions, messageOf, notice, read, replyOf, take } from "./take.ts";

/** Settles its call and never rejects. */
export type Flow = (call: Call, options: FlowOptions) => Promise<void>;

/** One flow for each kind of payload. */
export const flows: Readonly<Record<Incoming["kind"], Flow>> = {
  event: takeEvent,
  command: takeCommand,
  shortcut: takeShortcut,
  action: takeTap,
  view: takeSubmission,
};

/** How long an empty form waits for the language of the person before it is opened without. */
const LANGUAGE_MS = 300;

async function takeEvent(call: Call, options: FlowOptions): Promise<void> {
  const taken = await take(call, "event", options);
  call.settle(taken === "failed" ? AGAIN : TAKEN);
  if (typeof taken === "string") return;
  const { event, reply } = taken;
  const message = messageOf(reply);
  if (message === undefined) return;
  const scene = sceneOfEvent(call, event);
  if (event.kind === "command") await options.answers.publish(scene, message);
  else await options.answers.tell(scene, message);
}

async function takeCommand(call: Call, options: FlowOptions): Promise<void> {
  call.fallback = () => shown(notice(call, "slack.moment", options));
  const moment = setTimeout(() => call.settle(call.fallback()), options.momentMs);
  const taken = await take(call, "command", options);
  clearTimeout(moment);
  const reply = replyOf(taken, call, options);
  const message = messageOf(reply);
  // Handing a file out takes longer than Slack waits: one moment, and then where it is.
  if (message !== undefined && hasFile(message)) call.settle(call.fallback());
  const inTime = call.settle(message === undefined ? TAKEN : shown(message));
  const scene = sceneOf(call);
  if (reply.kind === "form") await openForm(scene, reply.form, call, options);
  else if (!inTime && message !== undefined) await options.answers.follow(scene, message);
}

async function takeShortcut(call: Call, options: FlowOptions): Promise<void> {
  const scene = sceneOf(call);
  call.fallback = () => TAKEN;
  const moment = setTimeout(() => {
    if (!call.settle(TAKEN)) return;
    void options.answers.tell(scene, notice(call, "slack.moment", options));
  }, options.momentMs);
  const taken = await take(call, "shortcut", options);
  clearTimeout(moment);
  call.settle(TAKEN);
  const reply = replyOf(taken, call, options);
  const message = messageOf(reply);
  if (reply.kind === "form") await openForm(scene, reply.form, call, options);
  else if (message !== undefined) await options.answers.tell(scene, message);
}

async function takeTap(call: Call, options: FlowOptions): Promise<void> {
  const scene = sceneOf(call);
  const reading = read(call, "action", options);
  const opening = pressedToken(call.body)?.opens
    ? openEarly(scene, reading, call, options)
    : undefined;
  const taken = await take(call, "action", options, reading);
  call.settle(taken === "failed" ? AGAIN : TAKEN);
  const viewId = await opening;
  if (viewId !== undefined) {
    await fillForm(scene, viewId, replyOf(taken, call, options), call, options);
  }
  if (typeof taken === "string") return;
  const { reply } = taken;
  if (reply.kind === "update") await options.answers.replace(scene, scene.origin, reply.message);
  if (viewId !== undefined) return;
  if (reply.kind === "message") await options.answers.tell(scene, reply.message);
  if (reply.kind !== "form") return;
  if (opening === undefined) await openForm(scene, reply.form, call, options);
  else await options.answers.tell(scene, notice(call, "slack.form.late", options));
}

/** A trigger lives three seconds: the form is opened empty while the answer is being written. */
async function openEarly(
  scene: Scene,
  reading: Promise<unknown>,
  call: Call,
  { forms }: FlowOptions,
): Promise<string | undefined> {
  await within(reading, LANGUAGE_MS).catch(() => {});
  return forms.openEmpty(scene, call.locale);
}

async function fillForm(
  scene: Scene,
  viewId: string,
  reply: Reply,
  call: Call,
  options: FlowOptions,
): Promise<void> {
  if (reply.kind === "form") {
    const { origin } = scene;
    const sheet = { kind: "form", form: reply.form, origin, locale: call.locale } as const;
    await options.forms.fill(scene, viewId, sheet);
    return;
  }
  const message = messageOf(reply) ?? notice(call, "slack.form.nothing", options);
  await options.answers.fill(scene, viewId, message);
}

async function openForm(scene: Scene, form: Form, call: Call, options: FlowOptions): Promise<void> {
  const opened = await options.forms.open(scene, {
    kind: "form",
    form,
    origin: scene.origin,
    locale: call.locale,
  });
  if (!opened) await options.answers.tell(scene, notice(call, "slack.form.late", options));
}

/** The acknowledgement of a command: only the one who typed it sees the message. */
function shown(message: Message): Verdict {
  return { kind: "taken", payload: { response_type: "ephemeral", ...renderMessage(message) } };
}
