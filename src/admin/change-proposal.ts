/** Changes that wait for a second admin: the card of whoever wants them, and the one for the others. */
import { changesWhom } from "../configuration/change.ts";
import type { Before } from "../configuration/say-change.ts";
import { doWork, type Engine } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { post } from "../outbox/post.ts";
import type { Message } from "../platform.ts";
import { connectionOfDelivery, otherAdmins, whereMet } from "../store/admins.ts";
import { audit } from "../store/audit.ts";
import {
  type ChangeSet,
  keepOpenSet,
  lockChangeSet,
  type NewChangeSet,
  readChangeSet,
} from "../store/change-sets.ts";
import { readConnection } from "../store/connections.ts";
import { newId } from "../store/ids.ts";
import { readPerson } from "../store/people.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import type { ChangeContext } from "./apply.ts";
import { type ChangesAhead, changesAheadParts, foreseeChanges } from "./change-ahead.ts";
import { type CardContext, setButton, text, whatChanges } from "./change-card.ts";
import { sayWhoOf } from "./change-people.ts";

type Waiting = Pick<ChangeSet, "id" | "by"> & { readonly changes: NewChangeSet["changes"] };

/** Keeps them, tells the leads' channel, and says to whoever wants them who can agree. */
export async function propose(
  context: ChangeContext,
  before: Before,
  wanted: NewChangeSet,
): Promise<Message> {
  const { work, reader, connection, engine } = context;
  const { id: workspaceId } = reader.workspace;
  const { transaction: trx, now } = work;
  const id = await keepOpenSet(trx, workspaceId, "proposed", wanted);
  const { by: actor, origin, changes } = wanted;
  const line = { actor, origin, action: "change-set.proposed", target: id };
  await audit(trx, workspaceId, now, line);
  const forAll = { ...context, reader: { ...reader, language: languageOf(connection) } };
  await post(engine, work, {
    ...{ workspaceId, connectionId: connection.id, key: keyOf(id), purpose: "notice" },
    ...{ invitationId: null, personId: null, address: { kind: "leads" } },
    message: await proposalCard(forAll, { id, by: actor, changes }, before, { again: "ahead" }),
  });
  work.after?.push(() => tellAhead(engine, reader, connection.id, id));
  return ownCard(context, { id, by: actor, changes }, before);
}

/** For whoever wants the changes: what they are, and who can agree to them. */
export async function ownCard(
  context: CardContext,
  { id, by, changes }: Waiting,
  before: Before,
): Promise<Message> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const admins = await otherAdmins(db, reader.workspace.id, by);
  const names = new Intl.ListFormat(reader.language, { type: "disjunction" }).format(admins);
  const heading = texts.text("change.proposed");
  const who =
    admins.length === 0
      ? texts.text("change.proposed.nobody")
      : texts.text("change.proposed.who", { names });
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      text(who),
      ...(await whatChanges(context, changes, before)),
      { kind: "actions", options: [setButton(context, id, "withdraw")] },
    ],
    locale: reader.language,
  };
}

/** Puts what was foreseen on the card in the leads' channel, as long as nobody decided. */
async function tellAhead(
  engine: Engine,
  reader: CardContext["reader"],
  connectionId: string,
  changeSetId: string,
): Promise<void> {
  const { id: workspaceId } = reader.workspace;
  const { changes } = (await readChangeSet(engine.db, workspaceId, changeSetId)) ?? {};
  const ahead = changes && (await foreseeChanges(engine, reader.workspace, changes));
  if (ahead === undefined) return;
  await doWork(engine, async (work) => {
    const { transaction: db, now } = work;
    const set = await lockChangeSet(db, workspaceId, changeSetId);
    if (set?.state !== "proposed" || set.changes === undefined) return;
    const language = languageOf(await readConnection(db, workspaceId, connectionId));
    const context = { engine, db, now, reader: { ...reader, language } };
    const waiting = { id: set.id, by: set.by, changes: set.changes };
    const before = await readConfiguration(db, workspaceId);
    await post(engine, work, {
      ...{ workspaceId, connectionId, purpose: "notice", invitationId: null, personId: null },
      ...{ key: `edit:${newId()}`, replaces: keyOf(changeSetId), address: { kind: "leads" } },
      message: await proposalCard(context, waiting, before, { ahead, again: "ahead" }),
    });
  });
}

/**
 * For the others: who wants what, what it would do, and the buttons to decide. Nobody agrees to whom it
 * would ask before that was looked at; `again` is the button to do so.
 */
export async function proposalCard(
  context: CardContext,
  { id, by, changes }: Waiting,
  before: Before,
  { ahead, again }: { readonly ahead?: ChangesAhead | undefined; readonly again: "ahead" | "look" },
): Promise<Message> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const looks = changesWhom(changes);
  const label = texts.text(ahead === undefined ? "change.ahead" : "change.ahead.again");
  const look = { ...setButton(context, id, again), label };
  const options = [
    ...(looks && ahead === undefined ? [look] : [setButton(context, id, "approve")]),
    setButton(context, id, "refuse"),
    ...(ahead === undefined ? [] : [look]),
  ];
  const { who } = await sayWhoOf(db, reader.workspace.id, texts, [by]);
  const heading = texts.text("change.proposal", { name: who(by) });
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...(await whatChanges(context, changes, before)),
      ...(ahead === undefined ? [] : changesAheadParts(texts, workspace.timeZone, ahead)),
      { kind: "note", text: texts.text("change.proposal.how") },
      { kind: "actions", options },
    ],
    locale: language,
  };
}

type Decision = "approved" | "refused" | "withdrawn";

/** The card in the leads' channel says what became of it, and whoever wanted it is told. */
export async function tellDecision(
  context: ChangeContext,
  set: ChangeSet,
  decision: Decision,
): Promise<void> {
  const { work, reader } = context;
  const { id: workspaceId } = reader.workspace;
  const { person } = reader;
  const line = { actor: person.id, action: `change-set.${decision}`, target: set.id };
  await audit(work.transaction, workspaceId, work.now, {
    ...{ ...line, origin: "chat", details: { proposedBy: set.by } },
  });
  await closeCard(context, set, decision);
  if (decision !== "withdrawn") await tellProposer(context, set, decision);
}

/** Wherever it was decided, the card stands on the connection on which it was proposed. */
async function closeCard(
  { work, reader, engine }: ChangeContext,
  { id }: ChangeSet,
  decision: Decision,
): Promise<void> {
  const { id: workspaceId } = reader.workspace;
  const { transaction: trx } = work;
  const connectionId = await connectionOfDelivery(trx, workspaceId, keyOf(id));
  if (connectionId === undefined) return;
  const language = languageOf(await readConnection(trx, workspaceId, connectionId));
  const said = textsFor(language).text(`change.${decision}.card`, { name: reader.person.name });
  await post(engine, work, {
    ...{ workspaceId, connectionId, purpose: "notice", invitationId: null, personId: null },
    ...{ key: `edit:${newId()}`, replaces: keyOf(id), address: { kind: "leads" } },
    message: lineMessage(language, said),
  });
}

async function tellProposer(
  { work, reader, engine }: ChangeContext,
  { id, by }: ChangeSet,
  decision: Exclude<Decision, "withdrawn">,
): Promise<void> {
  const { id: workspaceId } = reader.workspace;
  const { transaction: trx } = work;
  const proposer = await readPerson(trx, workspaceId, by);
  const met = await whereMet(trx, workspaceId, by);
  if (proposer === undefined || met === undefined) return;
  const { connectionId, userId } = met;
  const language = languageOf(await readConnection(trx, workspaceId, connectionId), proposer);
  const said = textsFor(language).text(`change.${decision}.told`, { name: reader.person.name });
  await post(engine, work, {
    ...{ workspaceId, connectionId, purpose: "notice", invitationId: null, personId: by },
    ...{ key: `decided:${id}`, address: { kind: "direct", userId } },
    message: lineMessage(language, said),
  });
}

/** Of the card in the leads' channel. */
function keyOf(changeSetId: string): string {
  return `proposal:${changeSetId}`;
}
