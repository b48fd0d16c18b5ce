/** A case goes to the next role: whoever has it learns of it, and so does everybody in the channel. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { peopleInRole } from "../store/case-people.ts";
import { type Case, updateCase } from "../store/cases.ts";
import { readConnection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import { readSettings } from "../store/settings.ts";
import { noteTo, postCard, tell } from "./thread.ts";

/** Marks the card, names everybody of the role beneath it, and writes to them; gives the case. */
export async function escalate(
  engine: Engine,
  work: Work,
  workspaceId: number,
  c: Case,
  by: Pick<Person, "id" | "name"> | undefined,
): Promise<Case> {
  const { transaction, now } = work;
  if (c.connectionId === null) return c;
  const { cases } = await readSettings(transaction, workspaceId);
  const connection = await readConnection(transaction, workspaceId, c.connectionId);
  const texts = textsFor(languageOf(connection));
  const all = await peopleInRole(transaction, workspaceId, c.connectionId, cases.escalateTo);
  const others = all.filter(({ id }) => id !== by?.id);
  await addCaseEvent(transaction, workspaceId, c.id, now, {
    kind: "escalated",
    actorId: by?.id ?? null,
    details: { to: cases.escalateTo },
  });
  const after = await updateCase(transaction, workspaceId, c.id, { escalatedAt: now });
  await postCard(engine, work, workspaceId, after);
  const names = others.map(({ name }) => name);
  const to =
    names.length === 0
      ? texts.text(`case.role.${cases.escalateTo}`)
      : new Intl.ListFormat(texts.language, { type: "conjunction" }).format(names);
  await tell(engine, work, workspaceId, after, {
    key: by === undefined ? "case.told.overdue" : "case.told.escalated",
    params: { to, ...(by && { person: by.name }) },
  });
  for (const { id } of others) {
    await noteTo(engine, work, workspaceId, after, id, "case.note.escalated");
  }
  return after;
}
