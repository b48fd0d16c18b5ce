/** The part of an erasure that happens here, in one transaction. Driven by the catalogue. */
import { sql } from "kysely";
import { foldAnswers } from "./anonymous-counts.ts";
import { rowsOfHuman } from "./identities-of.ts";
import { readAddress } from "./kept-message.ts";
import { isOpenCard, isToBeRemoved } from "./personal-data/traffic.ts";
import { personalData, type TableEntry, type Who } from "./personal-data.ts";
import type { MessageTarget } from "./removal-target.ts";
import type { Db } from "./schema.ts";

/**
 * All rows of a person's human, locked against everything until the transaction ends; none when there
 * is no such person. Their invitations come first, as everywhere.
 */
export async function lockHuman(
  trx: Db,
  workspaceId: number,
  personId: string,
): Promise<readonly string[]> {
  let locked: readonly string[] = [];
  for (;;) {
    const people = await rowsOfHuman(trx, workspaceId, personId);
    // Nobody was found to be the same human while we waited.
    if (people.every((id) => locked.includes(id))) return people;
    const ids = sql`any(${[...people]}::uuid[])`;
    await sql`select from invitations where workspace_id = ${workspaceId} and person_id = ${ids}
      order by id for update`.execute(trx);
    await sql`select from people where workspace_id = ${workspaceId} and id = ${ids}
      order by id for update`.execute(trx);
    locked = people;
  }
}

/** Their scores become counts. Before {@link eraseRows}. */
export async function foldAnswersOf(trx: Db, { workspaceId, people }: Who): Promise<void> {
  await foldAnswers(trx, workspaceId, sql`i.person_id = any(${[...people]}::uuid[])`);
}

/** Does what the catalogue says, table by table. */
export async function eraseRows(trx: Db, who: Who, at: Date): Promise<void> {
  for (const [table, { erase }] of Object.entries<TableEntry>(personalData)) {
    for (const { where, does } of erase) {
      const theirs = sql`workspace_id = ${who.workspaceId} and ${where(who)}`;
      const step =
        does === "delete"
          ? sql`delete from ${sql.table(table)} where ${theirs}`
          : sql`update ${sql.table(table)} set ${does(at)} where ${theirs}`;
      await step.execute(trx);
    }
  }
}

/**
 * The messages to and about somebody that stand on platforms or may be about to: each once, however
 * often it was edited. Those of a direct message wait for what becomes of its account, unless they
 * were sent since `until`.
 */
export async function messagesToRemove(
  trx: Db,
  who: Who,
  until: Date,
): Promise<{ connectionId: string; target: MessageTarget }[]> {
  const { rows } = await sql<{
    id: string;
    connection_id: string;
    address: unknown;
    message_id: string | null;
    sent_at: Date | null;
    above: string | null;
  }>`
    select distinct on (connection_id, coalesce(message_id, id::text)) id, connection_id, address,
      message_id, sent_at, (select a.message_id from deliveries a
        where a.workspace_id = deliveries.workspace_id and a.key = deliveries.beneath) as above
    from deliveries
    where workspace_id = ${who.workspaceId} and ${isToBeRemoved(who)}
    order by connection_id, coalesce(message_id, id::text), id
  `.execute(trx);
  return rows.flatMap((row) => {
    const to = readAddress(row.address);
    if (to === undefined) return [];
    const { id: deliveryId, message_id: messageId, above } = row;
    const target: MessageTarget = {
      ...{ kind: "message", to, messageId, deliveryId },
      ...(above !== null && { beneath: above }),
      ...(to.kind === "direct" && messageId !== null && !isSince(row.sent_at, until) && waiting),
    };
    return [{ connectionId: row.connection_id, target }];
  });
}

const waiting = { waits: true } as const;

function isSince(sentAt: Date | null, until: Date): boolean {
  return sentAt !== null && sentAt >= until;
}

/** Open cases of theirs whose card stands in the leads' channel. */
export async function casesWithCard(trx: Db, who: Who): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select case_id as id from deliveries
    where workspace_id = ${who.workspaceId} and ${isOpenCard(who)}
  `.execute(trx);
  return rows.map(({ id }) => id);
}
