/**
 * What everybody may do about themselves: not be asked for a while, never, or again; see what is kept;
 * be forgotten. Nothing is erased here: that is asked once, and done by a press (press-rights.ts).
 */

import { sayMoment } from "../commands/moment.ts";
import type { Work } from "../engine.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message, Option, Part } from "../platform.ts";
import { readPerson } from "../store/people.ts";
import type { Workspace } from "../store/workspaces.ts";
import { pauseEnd } from "../surveys/pause.ts";
import type { Right } from "../surveys/rights.ts";
import { NO_INVITATION, type Tokens } from "../surveys/tokens.ts";
import { changeConsent } from "./consent.ts";
import { readOwnData } from "./my-data.ts";
import { ownDataMessage } from "./own-data-message.ts";
import { ownQuoteParts } from "./own-quotes.ts";

/** Whose rights, and how they are spoken with. */
export interface Self {
  readonly workspace: Workspace;
  readonly person: { readonly id: string };
  readonly language: Language;
}

type Means = { readonly tokens: Tokens };
type InTransaction = Pick<Work, "transaction" | "now">;

/**
 * Does what was asked for and says so. A wish not to be asked holds at once, whatever else is wanted;
 * `text` is what they wrote, which may say for how long.
 */
export async function exerciseRights(
  { tokens }: Means,
  work: InTransaction,
  self: Self,
  wanted: readonly Right[],
  text: string,
): Promise<Message> {
  const consent = wanted.find((right) => right in consents);
  const lines = consent === undefined ? [] : [await keepWish(work, self, consent, text)];
  // Whoever wants to see first and to be forgotten then gets to see it with the question.
  const shown = wanted.includes("data") ? await ownData({ tokens }, work, self) : undefined;
  if (wanted.includes("forget")) {
    const asked = forgetQuestion({ tokens }, work, self, lines);
    return shown === undefined ? asked : { ...shown, parts: [...shown.parts, ...asked.parts] };
  }
  if (shown !== undefined) return { ...shown, parts: [...textParts(lines), ...shown.parts] };
  return lineMessage(self.language, ...lines);
}

const consents: Readonly<Partial<Record<Right, "paused" | "never" | "open">>> = {
  pause: "paused",
  never: "never",
  resume: "open",
};

async function keepWish(
  work: InTransaction,
  { workspace, person, language }: Self,
  right: Right,
  text: string,
): Promise<string> {
  const { transaction, now } = work;
  const texts = textsFor(language);
  const known = await readPerson(transaction, workspace.id, person.id);
  const timeZone = known?.timeZone ?? workspace.timeZone;
  const until = pauseEnd(text, { now, timeZone, language });
  const wish = consents[right] ?? "open";
  const holds = await changeConsent(work, workspace.id, person, wish, until);
  switch (holds.consent) {
    case "open":
      return texts.text("talk.notice.resumed");
    case "never":
      return texts.text("talk.notice.stopped");
    case "paused": {
      const day = sayMoment(new Date(holds.pausedUntil ?? 0), "day", language, timeZone);
      return texts.text("talk.notice.paused", { day });
    }
  }
}

/** What is kept, for their eyes only, with the file that has all of it. */
export async function ownData(
  { tokens }: Means,
  { transaction, now }: InTransaction,
  self: Self,
): Promise<Message> {
  const { workspace, person, language } = self;
  const data = await readOwnData(transaction, workspace.id, person.id, now);
  if (data === undefined)
    return lineMessage(language, textsFor(language).text("rights.data.nothing"));
  const message = ownDataMessage(data, { language, timeZone: workspace.timeZone });
  const quotes = await ownQuoteParts({ db: transaction, tokens }, self);
  const options = [rightsButton(tokens, self, "forget")];
  return { ...message, parts: [...message.parts, ...quotes, { kind: "actions", options }] };
}

/** What there is to choose from. */
export function rightsMenu({ tokens }: Means, self: Self): Message {
  const { workspace, language } = self;
  const text = textsFor(language).text("rights.menu.text", { company: workspace.name });
  const message = lineMessage(language, text);
  return { ...message, parts: [...message.parts, rightsActions(tokens, self)] };
}

/** Both ways to one's data, for a page of one's own. */
export function rightsActions(tokens: Tokens, self: Omit<Self, "person">): Part {
  const options = [rightsButton(tokens, self, "data"), rightsButton(tokens, self, "forget")];
  return { kind: "actions", options };
}

/** So long "yes, erase everything" is taken for meant: whoever finds it later is asked once more. */
const SURE_FOR_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/** Asks once, with what it means; `before` is said above it. */
export function forgetQuestion(
  { tokens }: Means,
  { now }: Pick<Work, "now">,
  { workspace, person, language }: Self,
  before: readonly string[] = [],
): Message {
  const texts = textsFor(language);
  const sign = (content: { value: string; question?: string; invitationId?: string }) =>
    tokens.sign({
      invitationId: NO_INVITATION,
      ...content,
      workspaceId: workspace.id,
      verb: "rights",
    });
  const ask = texts.text("rights.forget.ask", { company: workspace.name });
  const minute = Math.floor(now.getTime() / MINUTE_MS).toString(36);
  // Only the one who was asked can say yes: pressed by anybody else it does nothing.
  const sure = sign({ value: "forget-sure", question: minute, invitationId: person.id });
  return {
    summary: ask,
    parts: [
      ...textParts([...before, ask]),
      { kind: "note", text: texts.text("rights.forget.ask.details") },
      {
        kind: "actions",
        options: [
          { label: texts.text("rights.button.sure"), token: sure, tone: "danger" },
          { label: texts.text("rights.button.data"), token: sign({ value: "data" }) },
          { label: texts.text("rights.button.keep"), token: sign({ value: "keep" }) },
        ],
      },
    ],
    locale: language,
  };
}

/** True when a press of "yes" is as old as `minute` says and still counts. */
export function isStillSure(minute: string | undefined, now: Date): boolean {
  const age = Math.floor(now.getTime() / MINUTE_MS) - Number.parseInt(minute ?? "", 36);
  return age >= 0 && age < SURE_FOR_MINUTES;
}

/** What is said once everything is erased. */
export function forgottenMessage(language: Language): Message {
  const texts = textsFor(language);
  const resume = texts.text("talk.word.resume");
  return lineMessage(
    language,
    texts.text("rights.forget.done"),
    texts.text("rights.forget.done.messages"),
    texts.text("rights.forget.done.back", { resume }),
  );
}

function rightsButton(
  tokens: Tokens,
  { workspace, language }: Omit<Self, "person">,
  value: "data" | "forget",
): Option {
  const content = { workspaceId: workspace.id, invitationId: NO_INVITATION, value } as const;
  const label = textsFor(language).text(`rights.button.${value}`);
  return { label, token: tokens.sign({ ...content, verb: "rights" }) };
}

function textParts(lines: readonly string[]): Part[] {
  return lines.map((text) => ({ kind: "text", text }));
}
