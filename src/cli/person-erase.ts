/** `aftertalk person erase PERSON` and `person erasures`: forgetting somebody, and what came of it. */
import { keepLedgerFile } from "../backup/ledger-sync.ts";
import { doWork, type Engine } from "../engine.ts";
import { AppError } from "../errors.ts";
import { type Erasure, forgetHuman } from "../people/erase.ts";
import { type ErasureReport, readErasures } from "../store/erasures.ts";
import { confirm } from "./confirm.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { countsOf, describePerson, readAll } from "./person.ts";
import { withDatabase } from "./with-database.ts";
import { withEngine } from "./with-engine.ts";

export interface EraseOptions {
  readonly yes?: true;
}

export function erasePerson(
  context: CliContext,
  text: string,
  { yes }: EraseOptions,
): Promise<number> {
  return withEngine(context, async (engine, { id: workspaceId }) => {
    const { out } = context;
    const human = await findPerson(engine.db, workspaceId, text);
    const data = await readAll(engine.db, workspaceId, human, engine.clock.now());
    const say = (line: string) => (yes ? out.line(line) : out.note(line));
    for (const line of describePerson(human, data)) say(line);
    say("All of it will be gone; their scores stay as numbers without a person.");
    if (!(await confirm(context, "This cannot be taken back.", yes))) {
      out.note("Nothing was changed.");
      return exitCodes.failure.code;
    }
    const erasure = await doWork(engine, (work) =>
      forgetHuman(engine, work, { workspaceId, personId: human.humanId, by: "operator" }),
    );
    if (erasure === undefined) throw new AppError("not-found", "They were forgotten just now.");
    await keepLedgerFile(engine, workspaceId, context.config().dataFolder);
    return report(context, engine, workspaceId, erasure, countsOf(data));
  });
}

async function report(
  { out }: CliContext,
  engine: Engine,
  workspaceId: number,
  { id }: Erasure,
  erased: Record<string, number>,
): Promise<number> {
  const found = (await readErasures(engine.db, workspaceId)).find((each) => each.id === id);
  out.line("Everything that was kept here about them is erased.");
  if (found !== undefined) out.line(describeErasure(found));
  if (found !== undefined && found.open > 0) {
    out.line("aftertalk person erasures says what came of it.");
  }
  out.result({ id, erased, ...(found && { platforms: found }) });
  return exitCodes.ok.code;
}

export function listErasures(context: CliContext): Promise<number> {
  return withDatabase(context, async ({ db }, { id }) => {
    const erasures = await readErasures(db, id);
    const { out } = context;
    if (erasures.length === 0) out.line("Nobody was forgotten yet.");
    for (const erasure of erasures) {
      const at = erasure.requestedAt.toISOString();
      out.line(`${at}, asked by ${asked[erasure.requestedBy]}: ${describeErasure(erasure)}`);
    }
    out.result({ erasures });
    return exitCodes.ok.code;
  });
}

const asked: Record<ErasureReport["requestedBy"], string> = {
  person: "themselves",
  operator: "an operator",
  restore: "the ledger after a restore",
};

/** What became of our messages on the platforms, in a sentence. */
function describeErasure({ removed, remaining, open }: ErasureReport): string {
  const left = Object.entries(remaining).filter(([, n]) => n > 0);
  const total = left.reduce((sum, [, n]) => sum + n, 0);
  const parts = [
    ...(open > 0
      ? [`${count(open, "place")} on the platforms will be cleared when the service runs`]
      : []),
    ...(removed > 0 ? [`${count(removed, "message")} of ours removed there`] : []),
    ...(total > 0
      ? [
          `${count(total, "message")} that could not be (${left.map(([why, n]) => `${why}: ${n}`).join(", ")})`,
        ]
      : []),
  ];
  return parts.length === 0 ? "Nothing of ours stands on the platforms." : `${parts.join("; ")}.`;
}

function count(n: number, what: string): string {
  return `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
}
