/** What tests of cases look at and do, in the world's workspace. */
import type { Message, PlatformUser, Reply } from "../../src/platform.ts";
import { type Case, listOpenCases, readCase } from "../../src/store/cases.ts";
import { tokenOf, wordsOf } from "../support/messenger.ts";
import { dana, type World } from "../support/world.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const alex: PlatformUser = {
  externalId: "U-alex",
  name: "Alex",
  role: "lead",
  locale: "en",
};
export const lou: PlatformUser = { externalId: "U-lou", name: "Lou", role: "lead", locale: "en" };

/** Somebody is asked about a chat and gives a score; a later chat of theirs when asked again. */
export async function scores(
  world: World,
  score: string,
  { customer = dana, chat = "C1" }: { customer?: PlatformUser; chat?: string } = {},
): Promise<void> {
  await world.playChat({ chat, customer });
  world.clock.advance(15 * MINUTE);
  await world.settle();
  await world.answers(customer, score);
}

/** The card that stands in the leads' channel, the newest. */
export function card(world: World): Message {
  return world.messenger.leads().at(-1)?.message ?? missing();
}

/** The words of the thread beneath a card, oldest first. */
export function thread(world: World, index = -1): string[] {
  const id = world.messenger.leads().at(index)?.id ?? missing();
  return world.messenger.beneath(id).map(({ message }) => wordsOf(message));
}

/** Presses a button of the newest card, and lets everything happen that follows. */
export async function press(world: World, by: PlatformUser, label: string): Promise<Reply> {
  const reply = await world.presses(by, tokenOf(card(world), label));
  await world.settle();
  return reply;
}

/** Presses a button that opens a form, and sends it filled in. */
export async function fill(
  world: World,
  by: PlatformUser,
  label: string,
  values: Readonly<Record<string, string>>,
): Promise<Reply> {
  const token = await formToken(world, by, label);
  const reply = await world.presses(by, token, undefined, values);
  await world.settle();
  return reply;
}

/** The token with which a form is sent. */
export async function formToken(world: World, by: PlatformUser, label: string): Promise<string> {
  const reply = await press(world, by, label);
  if (reply.kind !== "form") throw new Error(`"${label}" opened no form: ${said(reply)}`);
  return reply.form.submit.token;
}

/** What a reply says to the one who acted. */
export function said(reply: Reply): string {
  return reply.kind === "message" || reply.kind === "update" ? wordsOf(reply.message) : "";
}

/** The one open case. */
export async function openCaseOf(world: World): Promise<Case> {
  const open = await listOpenCases(world.engine.db, world.workspaceId);
  if (open.length > 1) throw new Error("there is more than one open case");
  return open[0] ?? missing();
}

/** A case as it is now. */
export async function caseNow(world: World, id: string): Promise<Case> {
  return (await readCase(world.engine.db, world.workspaceId, id)) ?? missing();
}

/** What happened in all cases, oldest first. */
export async function eventsOf({ engine, workspaceId }: World): Promise<string[]> {
  const rows = await engine.db
    .selectFrom("case_events")
    .select("kind")
    .where("workspace_id", "=", workspaceId)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map(({ kind }) => kind);
}

/** The last words to somebody directly. */
export function lastTo(world: World, user: PlatformUser): Message {
  return world.messenger.to(user.externalId).at(-1)?.message ?? missing();
}

function missing(): never {
  throw new Error("there should be something here");
}
