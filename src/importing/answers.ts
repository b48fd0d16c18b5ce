/** A file of answers from elsewhere. */
import { forgottenAmong } from "../people/forget.ts";
import type { Ledger } from "../people/ledger.ts";
import { beginImport } from "../store/import-answers.ts";
import { AGENT_PREFIX, IMPORT_PLATFORM, type ImportedAnswer } from "../store/import-rows.ts";
import type { Db } from "../store/schema.ts";
import { readHeader } from "./columns.ts";
import type { CsvKind } from "./import-csv.ts";
import { readRow } from "./row.ts";

/** Answers of whoever asked to be forgotten are left out; so are the names of agents who did. */
export function answersFile(ledger: Ledger): CsvKind<ImportedAnswer> {
  return {
    action: "import",
    async begin(trx, { workspaceId, now }, names) {
      const header = readHeader(names);
      const target = await beginImport(trx, workspaceId);
      return {
        read: (cells) => readRow(cells, header, now),
        characters: ({ comment }) => comment?.length ?? 0,
        async add(answers) {
          const remembered = await withoutForgotten(trx, ledger, workspaceId, answers);
          const imported = await target.add(remembered);
          return { imported, forgotten: answers.length - remembered.length };
        },
      };
    },
  };
}

async function withoutForgotten(
  trx: Db,
  ledger: Ledger,
  workspaceId: number,
  answers: readonly ImportedAnswer[],
): Promise<ImportedAnswer[]> {
  const ids = new Set(
    answers.flatMap(({ person, agent }) => [
      ...(person === undefined ? [] : [person]),
      ...(agent === undefined ? [] : [AGENT_PREFIX + agent]),
    ]),
  );
  const keys = [...ids].map((externalId) => [
    { kind: "user", platform: IMPORT_PLATFORM, externalId } as const,
  ]);
  const gone = await forgottenAmong(trx, ledger, workspaceId, keys);
  const forgotten = new Set([...ids].filter((_, i) => gone[i]));
  if (forgotten.size === 0) return [...answers];
  return answers
    .filter(({ person }) => person === undefined || !forgotten.has(person))
    .map((answer) =>
      forgotten.has(AGENT_PREFIX + (answer.agent ?? "")) ? { ...answer, agent: undefined } : answer,
    );
}
