/**
 * What `/survey schedule` does, typed or pressed: each is a card. They look ahead, so they run outside of
 * any transaction; what they begin is a draft, and nothing is changed before a yes.
 */
import { isDeepStrictEqual } from "node:util";
import { type NotAsked, notAsked, switchedOn } from "../../configuration/surveys-asked.ts";
import { doWork } from "../../engine.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message } from "../../platform.ts";
import type { Schedule } from "../../scheduling/definition/schedule.ts";
import { openDrafts } from "../../store/drafts.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { listVersions } from "../../store/schedule-versions.ts";
import { listSchedules } from "../../store/schedules.ts";
import { applyFromChat } from "../apply.ts";
import { beginDraft, type DraftContext } from "../draft-kind.ts";
import { aheadParts } from "./ahead-parts.ts";
import { withPicture } from "./ahead-picture.ts";
import { contentOf, saySchedule } from "./begin.ts";
import { emptyContent, readContent, type ScheduleContent, type ScheduleDraft } from "./content.ts";
import { draftCard } from "./draft.ts";
import { editorCard } from "./editor-card.ts";
import { foresee } from "./foresee.ts";
import { diffCard, historyCard } from "./history-card.ts";
import { showCard } from "./list-card.ts";
import { cardAhead } from "./look.ts";
import { authorNames } from "./review.ts";
import { notAskedLines } from "./review-card.ts";
import { readVersions } from "./typed.ts";
import { surveysWith } from "./yes.ts";

/** Who asks, on which connection; outside of a transaction. */
export interface Asking extends Pick<DraftContext, "engine" | "reader" | "connection"> {
  readonly pictures: boolean;
}

/** A new schedule by a sentence, or what to say when there is none yet. */
export async function addSchedule(
  asking: Asking,
  { sentence, name }: { readonly sentence: string; readonly name: string },
): Promise<Message> {
  const before = { content: emptyContent, name };
  const said = await saySchedule(reading(asking), sentence, before);
  const draft = await begin(asking, { about: name, base: null, content: said.content });
  return cardOf(asking, draft);
}

/** The schedule as it stands, to be changed: by a sentence, or part by part. */
export async function editSchedule(
  asking: Asking,
  schedule: Schedule,
  sentence: string,
): Promise<Message> {
  const { definition, version } = schedule;
  const kept = contentOf(schedule);
  const about = { about: definition.name, base: version };
  if (sentence === "") return editorCard(asking, await begin(asking, { ...about, content: kept }));
  const before = { content: { ...kept, written: null }, name: definition.name };
  const { content } = await saySchedule(reading(asking), sentence, before);
  return cardOf(asking, await begin(asking, { ...about, content }));
}

/** Looks ahead, and asks whether it is to be on. */
export async function turnOn(asking: Asking, schedule: Schedule): Promise<Message> {
  const { off, chooseFrom } = await asksOf(asking, schedule);
  const isAsked = off.length === 0 && chooseFrom === undefined;
  if (schedule.state === "on" && isAsked) return alreadySo(asking, schedule);
  const content = contentOf(schedule, { goal: "on" });
  return cardOf(asking, await begin(asking, { ...aboutOf(schedule), content }));
}

/** Off is safe: nobody more is asked. It is done at once, and can be undone. */
export function turnOff(asking: Asking, schedule: Schedule): Promise<Message> {
  const { definition, state } = schedule;
  if (state !== "on") return Promise.resolve(alreadySo(asking, schedule));
  const change = {
    kind: "schedule-state",
    name: definition.name,
    to: "paused",
    was: state,
  } as const;
  return doWork(asking.engine, async (work) => {
    const context = { ...asking, db: work.transaction, now: work.now, work };
    return (await applyFromChat(context, [change], { origin: "chat" })).message;
  });
}

/** Asks whether it is to be put away. */
export async function putAway(asking: Asking, schedule: Schedule): Promise<Message> {
  if (schedule.state === "archived") return alreadySo(asking, schedule);
  const content = contentOf(schedule, { goal: "archive" });
  return cardOf(asking, await begin(asking, { ...aboutOf(schedule), content }));
}

function alreadySo({ reader }: Asking, { definition, state }: Schedule): Message {
  const texts = textsFor(reader.language);
  const params = { name: definition.name, state: texts.text(`change.state.${state}`) };
  return lineMessage(reader.language, texts.text("schedule.already", params));
}

/** One of them as it is, and which of its surveys nobody is asked. */
export async function showSchedule(asking: Asking, schedule: Schedule): Promise<Message> {
  const texts = textsFor(asking.reader.language);
  const lines = notAskedLines(texts, await asksOf(asking, schedule), "is");
  return showCard(asking, schedule, lines);
}

async function asksOf({ engine, reader }: Asking, { definition }: Schedule): Promise<NotAsked> {
  return notAsked(await readConfiguration(engine.db, reader.workspace.id), definition);
}

/** What it would do in the days ahead, as it is kept; of one that is off as switching it on would make it. */
export async function lookAtSchedule(asking: Asking, schedule: Schedule): Promise<Message> {
  const { engine, reader, pictures } = asking;
  const card = await showSchedule(asking, schedule);
  const { definition, state } = schedule;
  const [surveys = []] = state === "on" ? [] : surveysWith(await asksOf(asking, schedule));
  const changes = switchedOn(surveys);
  const preview = await foresee(engine, reader.workspace, definition.name, changes);
  const texts = textsFor(reader.language);
  const parts = aheadParts(texts, preview, reader.workspace.timeZone);
  // The buttons stay last.
  const message = { ...card, parts: card.parts.toSpliced(-1, 0, ...parts) };
  return pictures ? withPicture(message, preview, reader.language, engine.log) : message;
}

export async function pastOf(asking: Asking, schedule: Schedule, page: number): Promise<Message> {
  const { engine, reader } = asking;
  const versions = await listVersions(engine.db, reader.workspace.id, schedule.definition.name);
  const by = versions.map((each) => each.by);
  const names = await authorNames(engine.db, reader.workspace.id, by);
  return historyCard(asking, { schedule, versions, names, page });
}

/** Of two versions; of one and the latest; of none: of the last two. */
export async function compare(asking: Asking, schedule: Schedule, rest: string): Promise<Message> {
  const { engine, reader } = asking;
  const versions = await listVersions(engine.db, reader.workspace.id, schedule.definition.name);
  const [one = schedule.version - 1, other = schedule.version] = readVersions(rest);
  const [from, to] = [Math.min(one, other), Math.max(one, other)].map((wanted) =>
    versions.find(({ version }) => version === wanted),
  );
  if (from === undefined || to === undefined) return noVersion(asking, schedule);
  return diffCard(asking, { schedule }, [from, to]);
}

/** The definition of an earlier version, to be looked at and kept as a new one. */
export async function rollBack(
  asking: Asking,
  schedule: Schedule,
  wanted: number | undefined,
): Promise<Message> {
  const { engine, reader } = asking;
  const { definition, version } = schedule;
  const versions = await listVersions(engine.db, reader.workspace.id, definition.name);
  const earlier = versions.find((each) => each.version === wanted);
  if (earlier?.definition === undefined || wanted === undefined || wanted === version) {
    return noVersion(asking, schedule);
  }
  const content = contentOf({ definition: earlier.definition }, { rollback: wanted });
  return cardOf(asking, await begin(asking, { ...aboutOf(schedule), content }));
}

function noVersion({ reader }: Asking, { definition, version }: Schedule): Message {
  const texts = textsFor(reader.language);
  const params = { name: definition.name, version };
  return lineMessage(reader.language, texts.text("schedule.past.none", params));
}

export function schedulesOf({
  engine,
  reader,
}: Pick<Asking, "engine" | "reader">): Promise<Schedule[]> {
  return listSchedules(engine.db, reader.workspace.id);
}

const aboutOf = ({ definition, version }: Schedule) => ({ about: definition.name, base: version });

function reading({ engine, reader }: Asking) {
  return { engine, reader, db: engine.db, now: engine.clock.now() };
}

type Begun = Pick<ScheduleDraft, "about" | "base"> & { readonly content: ScheduleContent };

/** The same thing begun twice is one draft. */
async function begin({ engine, reader }: Asking, begun: Begun): Promise<ScheduleDraft> {
  return doWork(engine, async ({ transaction: db, now }) => {
    const open = await openDrafts(db, reader.workspace.id, reader.person.id);
    for (const draft of open) {
      const content = draft.kind === "schedule" ? readContent(draft.content) : undefined;
      const isSame =
        draft.about === begun.about &&
        draft.base === begun.base &&
        isDeepStrictEqual(content, begun.content);
      if (content !== undefined && isSame) return { ...draft, content };
    }
    return beginDraft({ db, now, reader }, { kind: "schedule", ...begun });
  });
}

/** Questions, or what it would do and the choices. */
function cardOf(asking: Asking, draft: ScheduleDraft): Promise<Message> {
  const { engine, reader, pictures } = asking;
  return draft.content.written === null
    ? draftCard(reading(asking), draft)
    : cardAhead(engine, reader, draft, pictures);
}
