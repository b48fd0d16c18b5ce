/** The card of `/survey why`: what waits, what would never ask, then what was decided, newest first. */
import { stoppedParts } from "../../admin/stop/stopped.ts";
import type { Engine } from "../../engine.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { explainLog, explainWaiting, sayReason } from "../../scheduling/why/explain.ts";
import { neverAsked } from "../../scheduling/why/never-asked.ts";
import { type LogEntry, readDecisionLog, timeZoneOf } from "../../store/decision-log.ts";
import type { FoundHuman } from "../../store/identities.ts";
import { readSettings } from "../../store/settings.ts";
import { NO_INVITATION } from "../../surveys/tokens.ts";
import type { Reader } from "../command.ts";
import { nameOf } from "../link-card.ts";
import { ofTeam, type Scope } from "../scope.ts";

/** So many decisions stand on a page, and so many waiting questions at most above them. */
const PAGE = 8;
const WAITING = 8;

const DAY_MS = 24 * 60 * 60 * 1000;

export interface About {
  readonly human: FoundHuman;
  readonly days: number;
  /** From 0. */
  readonly page: number;
  readonly scope: Scope;
}

export async function whyCard(engine: Engine, reader: Reader, about: About): Promise<Message> {
  const { db, clock } = engine;
  const { workspace, language } = reader;
  const { human, days, page, scope } = about;
  const texts = textsFor(language);
  const now = clock.now();
  const since = new Date(now.getTime() - days * DAY_MS);
  const log = await readDecisionLog(db, workspace.id, human.humanId, since);
  // Of chats with other teams a lead of some teams is told nothing.
  const entries = log.filter(({ channel, team }) => channel === null || ofTeam(scope, team));
  const timeZone = (await timeZoneOf(db, workspace.id, human.humanId)) ?? workspace.timeZone;
  const lines = explainLog(texts, entries.map(withoutAnswer), { timeZone, since }).toReversed();
  const shown = lines.slice(page * PAGE, (page + 1) * PAGE);
  const title = texts.text("why.heading", { person: nameOf(human), days, timeZone });
  const present = page > 0 ? [] : await nowParts(engine, reader, { human, entries, timeZone, now });
  const kept = (await readSettings(db, workspace.id)).retention.answersDays;
  const said = shown.length > 0 ? shown : [texts.text("why.none")];
  const more = lines.length > (page + 1) * PAGE;
  const totals = entries.some(({ promise }) => promise === "totals");
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(kept < days ? [note(texts.text("why.kept", { days: kept }))] : []),
      ...present,
      ...(present.length > 0 ? [text(texts.text("why.decided"))] : []),
      ...said.map(text),
      ...(totals ? [note(texts.text("why.totals"))] : []),
      ...pages(engine, reader, about, more),
    ],
    locale: language,
  };
}

/** As things are: whether anybody is asked, what waits, and which schedules would not ask them. */
async function nowParts(
  engine: Engine,
  reader: Reader,
  about: {
    readonly human: FoundHuman;
    readonly entries: readonly LogEntry[];
    readonly timeZone: string;
    readonly now: Date;
  },
): Promise<Part[]> {
  const { human, entries, timeZone, now } = about;
  const { db } = engine;
  const texts = textsFor(reader.language);
  const waiting = explainWaiting(texts, entries, timeZone);
  const all = await neverAsked(db, reader.workspace.id, human.humanId, now);
  // One that is off asks nobody: that is not about them.
  const never = all.filter(({ reason }) => reason !== "schedule-off");
  return [
    ...(await stoppedParts({ engine, db, reader })),
    ...(waiting.length > 0 ? [text(texts.text("why.waiting"))] : []),
    ...waiting.slice(0, WAITING).map((line) => text(`• ${line}`)),
    ...(waiting.length > WAITING
      ? [note(texts.text("why.waiting.more", { n: waiting.length - WAITING }))]
      : []),
    ...(never.length > 0 ? [text(sayNever(texts, never, timeZone))] : []),
  ];
}

function sayNever(
  texts: Texts,
  never: Awaited<ReturnType<typeof neverAsked>>,
  timeZone: string,
): string {
  const each = never.map(({ schedule, reason }) =>
    texts.text("why.never.one", { schedule, reason: sayReason(texts, reason, timeZone) }),
  );
  return texts.text("why.never", { list: each.join(", ") });
}

/** Where only totals were promised nobody is told whether a single person answered. */
function withoutAnswer(entry: LogEntry): LogEntry {
  if (entry.promise !== "totals" || entry.askedAt === null) return entry;
  return {
    ...entry,
    ...{ state: "asked", stateReason: null, answeredAt: null, remindedAt: null, finishedAt: null },
    decisions: entry.decisions.filter(({ gate }) => gate !== "reminder"),
  };
}

function pages({ tokens }: Engine, reader: Reader, about: About, more: boolean): Part[] {
  const texts = textsFor(reader.language);
  const turn = (page: number, key: "feedback.next" | "feedback.previous"): Option => ({
    label: texts.text(key),
    token: tokens.sign({
      ...{ workspaceId: reader.workspace.id, invitationId: NO_INVITATION },
      ...{ verb: "why", personId: about.human.humanId },
      ...{ question: String(page), value: String(about.days) },
    }),
  });
  const options = [
    ...(about.page > 0 ? [turn(about.page - 1, "feedback.previous")] : []),
    ...(more ? [turn(about.page + 1, "feedback.next")] : []),
  ];
  return options.length === 0 ? [] : [{ kind: "actions", options }];
}

function text(said: string): Part {
  return { kind: "text", text: said };
}

function note(said: string): Part {
  return { kind: "note", text: said };
}
