/** `aftertalk schedules add SENTENCE`: a schedule out of a sentence, kept paused. */
import { AppError } from "../errors.ts";
import { type Language, type Texts, textsFor } from "../locales/index.ts";
import { describeSchedule } from "../scheduling/definition/describe.ts";
import { makeSchedule, type ScheduleDefinition } from "../scheduling/definition/schedule.ts";
import { nextRun } from "../scheduling/plan/next-run.ts";
import { type Preview, previewSchedule } from "../scheduling/preview/preview.ts";
import { readSentence } from "../scheduling/sentence/read-sentence.ts";
import type { Question, Use } from "../scheduling/sentence/reading.ts";
import { sayChoice, sayQuestion } from "../scheduling/sentence/say.ts";
import type { Database } from "../store/database.ts";
import { readSchedule, saveSchedule } from "../store/schedules.ts";
import { knownToSentences } from "../store/sentence-names.ts";
import type { Workspace } from "../store/workspaces.ts";
import { applyAsOperator } from "./apply-changes.ts";
import { confirm } from "./confirm.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { sayTime } from "./schedules.ts";
import { inWork } from "./with-engine.ts";
import { withSchedules } from "./with-schedules.ts";

export interface AddScheduleOptions {
  readonly language: Language;
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const PREVIEW_DAYS = 30;
const DATES = 5;

/** Shows what was understood, or asks; keeps it only after a yes. */
export function addSchedule(
  context: CliContext,
  sentence: string,
  { language, name, dryRun = false, yes }: AddScheduleOptions,
): Promise<number> {
  return withSchedules(context, async (database, workspace) => {
    const texts = textsFor(language);
    const { out } = context;
    const known = await knownToSentences(database.db, workspace.id);
    const { timeZone } = workspace;
    const reading = readSentence(sentence, { language, known, timeZone });
    if (reading.outcome === "questions") return askBack(context, texts, reading.questions);
    const { schedule, used } = reading;
    const definition = makeSchedule({ ...schedule, name: name ?? schedule.name });
    await refuseTaken(database, workspace, definition.name);
    const next = datesOf(definition, timeZone, context.clock.now());
    const preview = await foresee(context, database, workspace, definition);
    show(context, texts, { definition, used, next, preview, timeZone });
    const result = { definition, used, next, preview };
    if (dryRun) {
      out.line("Nothing was kept.");
      out.result({ ...result, kept: false });
      return exitCodes.ok.code;
    }
    if (!(await confirm(context, "Keep it, switched off?", yes))) {
      out.note("Nothing was changed.");
      return exitCodes.failure.code;
    }
    await inWork(context, database, ({ transaction, now }) => {
      const change = { kind: "schedule", definition, base: null } as const;
      return applyAsOperator(transaction, workspace.id, [change], now);
    });
    out.line(
      `${definition.name} is kept and is off. Switch it on: aftertalk schedules on ${definition.name}`,
    );
    out.result({ ...result, kept: true });
    return exitCodes.ok.code;
  });
}

function askBack({ out }: CliContext, texts: Texts, questions: readonly Question[]): number {
  for (const question of questions) {
    out.note(`? ${sayQuestion(texts, question)}`);
    for (const choice of question.choices) {
      out.note(`    ${sayChoice(texts, choice)}\n      → ${choice.sentence}`);
    }
  }
  const message = "Nothing was changed: the sentence leaves something open.";
  const advice = "Say it as one of the sentences behind the arrows, or in other words.";
  out.note(`${message}\nWhat to do: ${advice}`);
  out.result({ error: { code: "bad-input", message, advice, questions } });
  return exitCodes.failure.code;
}

async function refuseTaken({ db }: Database, { id }: Workspace, name: string): Promise<void> {
  if ((await readSchedule(db, id, name)) === undefined) return;
  throw new AppError("bad-input", `There is a schedule ${JSON.stringify(name)} already.`, {
    advice: "Give another name with --name; to change that one: aftertalk schedules apply FILE",
  });
}

/** The next times of a schedule of fixed days; none for what goes by something that happens. */
function datesOf({ trigger }: ScheduleDefinition, timeZone: string, now: Date): Date[] {
  const dates: Date[] = [];
  if (trigger.on !== "cron") return dates;
  let next = nextRun(trigger.cron, trigger.timeZone ?? timeZone, now);
  while (next !== undefined && dates.length < DATES) {
    dates.push(next);
    next = nextRun(trigger.cron, trigger.timeZone ?? timeZone, next);
  }
  return dates;
}

/** Undoes what was kept only to be looked at. */
class Undo extends Error {
  readonly preview: Preview;
  constructor(preview: Preview) {
    super("undone");
    this.preview = preview;
  }
}

/** What it would do, foretold as if it was there: in a transaction that is undone. */
async function foresee(
  context: CliContext,
  database: Database,
  workspace: Workspace,
  definition: ScheduleDefinition,
): Promise<Preview> {
  const { name } = definition;
  try {
    return await inWork(context, database, async ({ transaction, now }): Promise<never> => {
      await saveSchedule(transaction, workspace.id, definition, "operator", now);
      const options = { name, days: PREVIEW_DAYS, now, replay: true };
      throw new Undo(await previewSchedule(transaction, workspace, options));
    });
  } catch (error) {
    if (error instanceof Undo) return error.preview;
    throw error;
  }
}

interface Shown {
  readonly definition: ScheduleDefinition;
  readonly used: readonly Use[];
  readonly next: readonly Date[];
  readonly preview: Preview;
  readonly timeZone: string;
}

function show({ out }: CliContext, texts: Texts, shown: Shown): void {
  const { definition, used, next, preview, timeZone } = shown;
  out.line(`${definition.name}: kind ${definition.kind}`);
  for (const line of describeSchedule(texts, definition)) out.line(`  ${line}`);
  out.line("From the words:");
  for (const { text, fields } of used) out.line(`  “${text}” → ${fields.join(", ")}`);
  const other = timeZone === "UTC" ? "America/New_York" : "UTC";
  if (next.length > 0) out.line("The next times:");
  for (const at of next) out.line(`  ${sayTime(at, timeZone)} = ${sayTime(at, other)}`);
  const { questions, humans, asked, suppressed, waiting, audience, clashes } = preview;
  const lost =
    audience.unreachable === 0 ? "" : ` and ${audience.unreachable} who cannot be reached`;
  out.line(`In the next ${PREVIEW_DAYS} days, if it was on:`);
  out.line(`  its audience has ${audience.reachable} people who can be reached${lost}`);
  out.line(
    `  ${questions} questions for ${humans} people: ${asked} asked, ${suppressed} not asked, ${waiting} still waiting at the end`,
  );
  for (const { schedule, humans: people } of clashes) {
    out.line(`  ${schedule} wants ${people} of the same people within 7 days`);
  }
}
