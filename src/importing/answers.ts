/** A file of answers: from elsewhere, or one that aftertalk exported. */
import { AppError } from "../errors.ts";
import { openSealed } from "../exporting/sealing.ts";
import { forgottenAmong } from "../people/forget.ts";
import type { Ledger } from "../people/ledger.ts";
import type { FiledAnswer, FiledRow } from "../store/exported-rows.ts";
import { beginImport } from "../store/import-answers.ts";
import { beginExportedImport } from "../store/import-exported.ts";
import { AGENT_PREFIX, IMPORT_PLATFORM, type ImportedAnswer } from "../store/import-rows.ts";
import type { Db } from "../store/schema.ts";
import type { Vault } from "../vault.ts";
import { type Header, readExportedHeader, readHeader } from "./columns.ts";
import { readExportedRow } from "./exported-row.ts";
import type { CsvKind, CsvTarget } from "./import-csv.ts";
import { readRow } from "./row.ts";

type Row = ImportedAnswer | FiledRow;

/** What an import of answers needs to know. */
export interface AnswersFileOptions {
  /** Answers of whoever asked to be forgotten are left out; so are the names of agents who did. */
  readonly ledger: Ledger;
  /** Opens what was sealed by an export. */
  readonly vault: Pick<Vault, "open">;
}

export function answersFile(options: AnswersFileOptions): CsvKind<Row> {
  return {
    action: "import",
    async begin(trx, about, names) {
      const exported = readExportedHeader(names);
      return exported === undefined
        ? answersFromElsewhere(trx, about, readHeader(names), options)
        : answersTakenBack(trx, about, exported, options);
    },
  };
}

interface About {
  readonly workspaceId: number;
  readonly now: Date;
}

async function answersFromElsewhere(
  trx: Db,
  { workspaceId, now }: About,
  header: Header,
  { ledger }: AnswersFileOptions,
): Promise<CsvTarget<Row>> {
  const target = await beginImport(trx, workspaceId);
  return {
    read: (cells) => readRow(cells, header, now),
    characters: (row) => ("comment" in row ? (row.comment?.length ?? 0) : 0),
    async add(rows) {
      const answers = rows.flatMap((row) => ("comment" in row ? [row] : []));
      const forgotten = await forgottenOf(trx, ledger, workspaceId, answers.flatMap(namedIn));
      const remembered = answers.flatMap((row) => withoutForgotten(row, forgotten));
      const imported = await target.add(remembered);
      return { imported, forgotten: answers.length - remembered.length };
    },
  };
}

async function answersTakenBack(
  trx: Db,
  { workspaceId }: About,
  header: Header<string>,
  { ledger, vault }: AnswersFileOptions,
): Promise<CsvTarget<Row>> {
  const target = await beginExportedImport(trx, workspaceId);
  const open = (sealed: string) => opened(vault, workspaceId, sealed);
  return {
    read: (cells) => readExportedRow(cells, header, open),
    characters: (row) => ("answer" in row ? (row.answer?.text?.length ?? 0) : 0),
    async add(rows) {
      const filed = rows.flatMap((row) => ("kind" in row ? [row] : []));
      const named = filed.flatMap((row) => (row.kind === "count" ? [] : peopleIn(row)));
      const forgotten = await forgottenOf(trx, ledger, workspaceId, named);
      const remembered = filed.flatMap((row): readonly FiledRow[] =>
        row.kind === "count" ? [row] : filedWithoutForgotten(row, forgotten),
      );
      const imported = await target.add(remembered);
      return { imported, forgotten: filed.length - remembered.length };
    },
  };
}

/** Undefined for what was sealed elsewhere; it is no error of this program. */
function opened(
  vault: Pick<Vault, "open">,
  workspaceId: number,
  sealed: string,
): string | undefined {
  try {
    return openSealed(vault, workspaceId, sealed);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Whom of these the ledger knows, each as they are called among everything from files. */
async function forgottenOf(
  trx: Db,
  ledger: Ledger,
  workspaceId: number,
  called: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(called)];
  const keys = ids.map((externalId) => [
    { kind: "user", platform: IMPORT_PLATFORM, externalId } as const,
  ]);
  const gone = await forgottenAmong(trx, ledger, workspaceId, keys);
  return new Set(ids.filter((_, i) => gone[i]));
}

function namedIn({ person, agent }: ImportedAnswer): string[] {
  return [
    ...(person === undefined ? [] : [person]),
    ...(agent === undefined ? [] : [AGENT_PREFIX + agent]),
  ];
}

function withoutForgotten(
  answer: ImportedAnswer,
  forgotten: ReadonlySet<string>,
): ImportedAnswer[] {
  if (forgotten.has(answer.person ?? "")) return [];
  if (!forgotten.has(AGENT_PREFIX + (answer.agent ?? ""))) return [answer];
  return [{ ...answer, agent: undefined }];
}

function peopleIn({ person, part, handlers }: FiledAnswer): string[] {
  return [...[person, part].filter((key) => key !== null), ...handlers.flatMap(keysOf)];
}

function keysOf({ id, name }: FiledAnswer["handlers"][number]): string[] {
  return [id, AGENT_PREFIX + name].filter((key) => key !== "");
}

function filedWithoutForgotten(row: FiledAnswer, forgotten: ReadonlySet<string>): FiledAnswer[] {
  if ([row.person, row.part].some((key) => key !== null && forgotten.has(key))) return [];
  const handlers = row.handlers.filter((each) => !keysOf(each).some((key) => forgotten.has(key)));
  return [{ ...row, handlers }];
}
