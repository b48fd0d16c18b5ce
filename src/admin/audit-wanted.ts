/** Which lines of the audit log somebody wants to see, and how that is kept for the buttons of a list. */
import { z } from "zod";
import { contentKey } from "../commands/view/key.ts";
import {
  type AuditKind,
  actionsOf,
  actionsWith,
  auditKinds,
} from "../configuration/audit-kinds.ts";
import type { Language } from "../locales/index.ts";
import type { Period } from "../metrics/period.ts";
import { periodKey, readPeriodKey } from "../metrics/period-key.ts";
import type { AuditWanted } from "../store/audit-log.ts";
import { keepContent, readContent } from "../store/views.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import type { CardContext } from "./change-card.ts";

export interface WantedLines {
  readonly period: Period | undefined;
  readonly kinds: readonly AuditKind[];
  /** The rows of each human that was named: by them or about them. */
  readonly people: readonly (readonly string[])[];
  readonly words: readonly string[];
}

const allLines: WantedLines = { period: undefined, kinds: [], people: [], words: [] };

/** As the store is asked for it, by somebody who reads this language. */
export function linesOf(wanted: WantedLines, language: Language): AuditWanted {
  const { period, kinds, people, words } = wanted;
  const actions = actionsOf(kinds);
  return {
    ...{ from: period?.start, until: period?.end, people },
    ...(actions === undefined ? {} : { actions }),
    words: words.map((text) => ({ text, actions: actionsWith(text, language) })),
  };
}

const kept = z.object({
  period: z.string().nullable(),
  kinds: z.array(z.enum(auditKinds)),
  people: z.array(z.array(z.string())),
  // One a line; of this name, so that an erasure finds what may be somebody's name.
  search: z.string(),
});

/** Keeps it, and gives the id by which buttons find it again. Of everything nothing is kept. */
export async function keepWanted(
  { db, now, reader }: CardContext,
  { period, kinds, people, words }: WantedLines,
): Promise<string> {
  if (period === undefined && kinds.length + people.length + words.length === 0)
    return NO_INVITATION;
  const key = period === undefined ? null : periodKey(period);
  const content: z.output<typeof kept> = {
    ...{ period: key, kinds: [...kinds], search: words.join("\n") },
    people: people.map((ids) => [...ids]),
  };
  const id = contentKey(content);
  await keepContent(db, reader.workspace.id, { id, content, at: now });
  return id;
}

/** `undefined` for what is kept no longer. */
export async function findWanted(
  { db, now, reader }: CardContext,
  id: string,
): Promise<WantedLines | undefined> {
  if (id === NO_INVITATION) return allLines;
  const { id: workspaceId, timeZone } = reader.workspace;
  const { data } = kept.safeParse(await readContent(db, workspaceId, id));
  if (data === undefined) return undefined;
  const { kinds, people, search } = data;
  const period = data.period === null ? undefined : readPeriodKey(data.period, { now, timeZone });
  return { period, kinds, people, words: search === "" ? [] : search.split("\n") };
}
