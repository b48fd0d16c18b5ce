/** What is wrong in a configuration file, as a person at the terminal reads it. */
import type { FileProblem } from "../configuration/file/filed.ts";
import type { CliContext } from "./context.ts";

/** `aftertalk.yaml:12:5 error: schedule pulse: trigger.delay: … (here: soon)` */
export function tellProblems(
  { out }: CliContext,
  file: string,
  problems: readonly FileProblem[],
): void {
  for (const { line, column, level, about, field, message, written } of problems) {
    const where = [about, field].filter((each) => each !== "").join(": ");
    const here = written === undefined ? "" : ` (here: ${written})`;
    out.note(
      `${file}:${line}:${column} ${level}: ${where === "" ? "" : `${where}: `}${message}${here}`,
    );
  }
}

export function errorsOf(problems: readonly FileProblem[]): readonly FileProblem[] {
  return problems.filter(({ level }) => level === "error");
}

/** Nothing was changed, and why. */
export function refuse(context: CliContext, file: string, problems: readonly FileProblem[]): void {
  tellProblems(context, file, problems);
  const errors = errorsOf(problems).length;
  const message = `Nothing was changed: the file has ${errors === 1 ? "an error" : `${errors} errors`}.`;
  const advice =
    "Mend what is listed and run it again; docs/configuration.md says what may stand there.";
  context.out.note(`${message}\nWhat to do: ${advice}`);
  context.out.result({ error: { code: "bad-input", message, advice, problems } });
}
