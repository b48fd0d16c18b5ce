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
import { readConfiguration } from "../../store/read-configuration.ts";
import { readSetupFacts } from "../../store/setup-facts.ts";
import { inPassing } from "../../store/transaction.ts";
import { AHEAD_DAYS } from "../schedule/foresee.ts";
import { allAheadParts, scheduleName } from "./ahead-of-all.ts";
import { type Drawing, type SetupDraft, setupButton, setupCard } from "./content.ts";
import { LOOK_BACK_MS } from "./questions.ts";

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
    inPassing(db, (snapshot) =>
      previewAll(snapshot, workspaceId, { configuration, days: AHEAD_DAYS, now }),
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
  const { timeZone } = drawing.reader.workspace;
  const isStopped = proposed.now.settings["asking.stopped"] === true;
  const parts: Part[] = [
    { kind: "text", text: texts.text(anyChange ? "setup.proposal.intro" : "setup.proposal.same") },
    { kind: "facts", rows: proposed.items.map((item) => sayItem(texts, item, proposed.now)) },
    ...ownParts(texts, draft, proposed),
    ...(preview === undefined ? [] : allAheadParts(texts, timeZone, preview, isStopped)),
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

/** "After a chat: CSAT" and why. Pure. */
export function sayItem(texts: Texts, item: ProposedItem, now: Configuration): [string, string] {
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

function notes(texts: Texts, proposed: Proposed): string[] {
  if (proposed.changes.length === 0) return [];
  return needsSecond(proposed) ? [texts.text("setup.second")] : [texts.text("setup.nothing-yet")];
}
