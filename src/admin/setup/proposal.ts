/** The proposal of a setup: what would be on, why, and whom it would ask. */
import type { Change } from "../../configuration/change.ts";
import { needsApproval } from "../../configuration/change.ts";
import { type Configuration, changed } from "../../configuration/configuration.ts";
import { changeParts, sayChanges } from "../../configuration/say-change.ts";
import { type Proposal, type ProposedItem, propose } from "../../configuration/setup/propose.ts";
import type { Engine } from "../../engine.ts";
import { isTextKey, type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import { type PreviewOfAll, previewAll } from "../../scheduling/preview/preview-all.ts";
import { sayReason, sayTime } from "../../scheduling/why/explain.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { readSetupFacts } from "../../store/setup-facts.ts";
import { inSnapshot } from "../../store/transaction.ts";
import { type Drawing, type SetupDraft, setupButton, setupCard } from "./content.ts";
import { LOOK_BACK_MS } from "./questions.ts";

const PREVIEW_DAYS = 30;
/** So many reasons for holding back are told. */
const MOST_REASONS = 3;

/** What is proposed now, with what there is. */
export interface Proposed extends Proposal {
  readonly now: Configuration;
}

export async function proposalOf(
  { db, now: at, reader }: Pick<Drawing, "db" | "now" | "reader">,
  { content }: SetupDraft,
): Promise<Proposed> {
  const { id, name: company } = reader.workspace;
  const now = await readConfiguration(db, id);
  const facts = await readSetupFacts(db, id, new Date(at.getTime() - LOOK_BACK_MS));
  return { now, ...propose({ now, facts, company, answers: content.answers }) };
}

export function changesOf({ changes }: Proposal): readonly Change[] {
  return changes.map(({ change }) => change);
}

/** What it would do in the next 30 days. Call it outside of any transaction. */
export function foreseeAll(
  engine: Engine,
  workspaceId: number,
  proposed: Proposed,
): Promise<PreviewOfAll> {
  const now = engine.clock.now();
  const configuration = changesOf(proposed).reduce(changed, proposed.now);
  return engine.patiently((db) =>
    inSnapshot(db, (snapshot) =>
      previewAll(snapshot, workspaceId, { configuration, days: PREVIEW_DAYS, now }),
    ),
  );
}

/** The card; without a preview it has a button for it. */
export function proposalCard(
  drawing: Drawing,
  draft: SetupDraft,
  proposed: Proposed,
  preview: PreviewOfAll | undefined,
): Message {
  const texts = textsFor(drawing.reader.language);
  const title = texts.text("setup.proposal.title");
  const anyChange = proposed.changes.length > 0;
  const parts: Part[] = [
    { kind: "text", text: texts.text(anyChange ? "setup.proposal.intro" : "setup.proposal.same") },
    { kind: "facts", rows: proposed.items.map((item) => sayItem(texts, item, proposed.now)) },
    ...ownParts(texts, draft, proposed),
    ...(preview === undefined ? [] : aheadParts(texts, drawing, preview, proposed)),
    ...notes(texts, proposed).map((text): Part => ({ kind: "note", text })),
  ];
  const button = (action: string, key: Parameters<Texts["text"]>[0], value?: string) =>
    setupButton(drawing, draft, {
      ...{ action, label: texts.text(key) },
      ...(value === undefined ? {} : { value }),
    });
  const waits = anyChange && needsSecond(proposed);
  const options = [
    ...(anyChange ? [button("on", waits ? "setup.propose" : "setup.on")] : []),
    ...(preview === undefined ? [button("go", "setup.look", "proposal")] : []),
    button("go", "setup.change", "goals"),
    ...(anyChange ? [button("later", "setup.later")] : [button("finish", "setup.finish")]),
  ];
  return setupCard(drawing, title, parts, options);
}

function needsSecond({ now, ...proposal }: Proposed): boolean {
  return now.settings["approval.secondPerson"] === true && needsApproval(changesOf(proposal));
}

/** "After a chat: CSAT" and why. */
function sayItem(texts: Texts, item: ProposedItem, now: Configuration): [string, string] {
  const { how, why, insteadOf } = item;
  const name = nameOf(texts, item, now);
  const reason = why === undefined ? texts.text("setup.kept") : texts.text(`setup.why.${why}`);
  const instead =
    insteadOf === undefined
      ? []
      : [texts.text("setup.instead", { name: surveyName(texts, insteadOf, now) })];
  const label = how === "new" ? name : texts.text("setup.on-already", { name });
  return [label, [reason, ...instead].join(" ")];
}

function nameOf(texts: Texts, { kind, name }: ProposedItem, now: Configuration): string {
  if (kind === "survey") {
    return texts.text("setup.item.survey", { name: surveyName(texts, name, now) });
  }
  return scheduleName(texts, name);
}

/** Standard ones by what they are for, others by their own name. */
function scheduleName(texts: Texts, name: string): string {
  const key = `setup.item.${name}`;
  return isTextKey(key) ? texts.text(key) : name;
}

/** "CSAT", and its key where that is another one than ours. */
function surveyName(texts: Texts, key: string, { surveys }: Configuration): string {
  const metric = surveys.get(key)?.definition?.metric ?? key.replace(/^chat-/u, "");
  const named = `metric.${metric}.name`;
  const name = isTextKey(named) ? texts.text(named) : key;
  return key === `chat-${metric}` ? name : `${name} (${key})`;
}

/** Settings and roles, as they said themselves. */
function ownParts(texts: Texts, draft: SetupDraft, { changes, now }: Proposed): Part[] {
  const own = changesOf({ changes, items: [] }).filter(
    ({ kind }) => kind === "settings" || kind === "role",
  );
  const names = new Map(
    draft.content.answers.roles.flatMap(({ subject, name }) =>
      subject.kind === "person" ? [[subject.personId, name] as const] : [],
    ),
  );
  return changeParts(sayChanges(texts, own, now, names));
}

function aheadParts(
  texts: Texts,
  { reader }: Drawing,
  preview: PreviewOfAll,
  { now }: Proposed,
): Part[] {
  const { people, questions, busiestWeek, held, examples, schedules, replayed } = preview;
  const timeZone = reader.workspace.timeZone;
  const heading: Part = { kind: "text", text: texts.text("setup.ahead", { days: PREVIEW_DAYS }) };
  if (now.settings["asking.stopped"] === true)
    return [heading, { kind: "text", text: texts.text("setup.ahead.stopped") }];
  const reasons = held.slice(0, MOST_REASONS).map(({ reason, questions: n }): Part => {
    const why = sayReason(texts, reason, timeZone);
    return { kind: "note", text: texts.text("setup.ahead.held", { n, why }) };
  });
  if (questions === 0) {
    const example: Part = { kind: "note", text: texts.text("setup.ahead.nobody.example") };
    const nobody: Part = { kind: "text", text: texts.text("setup.ahead.nobody") };
    return [heading, nobody, ...(reasons.length > 0 ? reasons : [example])];
  }
  const rows = schedules.flatMap((each): [string, string][] =>
    each.questions === 0
      ? []
      : [
          [
            scheduleName(texts, each.schedule),
            texts.text("setup.ahead.row", { people: each.people, questions: each.questions }),
          ],
        ],
  );
  const some = examples.map(({ name, schedule, at }): [string, string] => [
    name,
    texts.text("setup.ahead.example", {
      what: scheduleName(texts, schedule),
      when: sayTime(at, { timeZone }),
    }),
  ]);
  return [
    heading,
    { kind: "text", text: texts.text("setup.ahead.all", { people, questions, week: busiestWeek }) },
    { kind: "facts", rows },
    ...(some.length > 0
      ? [
          { kind: "text", text: texts.text("setup.ahead.examples", { timeZone }) } as const,
          { kind: "facts", rows: some } as const,
        ]
      : []),
    ...reasons,
    { kind: "note", text: texts.text(replayed ? "setup.ahead.replayed" : "setup.ahead.known") },
  ];
}

function notes(texts: Texts, proposed: Proposed): string[] {
  if (proposed.changes.length === 0) return [];
  return needsSecond(proposed) ? [texts.text("setup.second")] : [texts.text("setup.nothing-yet")];
}
