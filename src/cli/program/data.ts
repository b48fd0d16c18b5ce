/** What can be typed to bring data in. */
import type { Command } from "commander";
import { MOST_WEEKS, USUAL_WEEKS } from "../../sampling/weeks.ts";
import { wholeNumber } from "../arguments.ts";
import type { ImportFileOptions } from "../import.ts";
import type { SeedOptions } from "../seed.ts";
import type { Run } from "./run.ts";

export function addData(program: Command, run: Run): void {
  program
    .command("seed")
    .description("fill with sample data, marked as such")
    .option(
      "--weeks <number>",
      "full weeks before this one",
      wholeNumber(1, MOST_WEEKS),
      USUAL_WEEKS,
    )
    .option("--remove", "remove all sample data")
    .action((options: SeedOptions) =>
      run(async (context) => (await import("../seed.ts")).seed(context, options)),
    );
  const importing = program
    .command("import")
    .description("import answers from a CSV file; the same file twice adds nothing")
    .argument("<file>", "UTF-8 CSV with a header; - reads standard input")
    .option("--skip-bad <file>", "import the good rows, write the bad ones to this new file")
    .addHelpText("after", `\n${columnHelp}`)
    .action((file: string, options: ImportFileOptions) =>
      run(async (context) =>
        (await import("../import.ts")).importFile(context, "answers", file, options),
      ),
    );
  for (const { what, description, help } of kinds) {
    importing
      .command(what)
      .description(description)
      .argument("<file>", "UTF-8 CSV with a header; - reads standard input")
      .option("--skip-bad <file>", "import the good rows, write the bad ones to this new file")
      .addHelpText("after", `\n${help}`)
      .action((file: string, _: ImportFileOptions, command: Command) =>
        run(async (context) =>
          (await import("../import.ts")).importFile(
            context,
            what,
            file,
            // The word before takes the same option, wherever it stands.
            command.optsWithGlobals<ImportFileOptions>(),
          ),
        ),
      );
  }
}

const columnHelp = `Columns: metric,score,answered_at and, if you have them,
  person,comment,language,channel,team,agent,touchpoint,tags,chat,asked_at
Times are ISO 8601 with an offset (2026-10-05T14:30:00+02:00); tags are split by ";".
docs/command-line.md has the rest.

Examples:
  aftertalk import answers.csv
  aftertalk import answers.csv --skip-bad bad-rows.csv
  aftertalk import people crm.csv`;

const moments = `Days are 2026-10-05, times ISO 8601 with an offset (2026-10-05T14:30:00+02:00).
left is when they left by the rule in left_rule, or no when they are back.
renewal and date:NAME are days by which a schedule can ask; no takes one away.
docs/command-line.md has the rest.`;

const peopleHelp = `Columns: person and, if you have them,
  name,email,account,account_name,account_role,language,time_zone,connection,
  plan,tags,joined,left,left_rule,renewal,date:NAME
and one for each platform that is connected, named like it, with the ids of users there.
Rows that have one person, one address that a platform has verified, or one id are one human.
${moments}

Example:
  aftertalk import people crm.csv`;

const accountsHelp = `Columns: account and, if you have them,
  name,plan,joined,left,left_rule,renewal,date:NAME
${moments}

Example:
  aftertalk import accounts crm-accounts.csv`;

const activityHelp = `Columns: what; day or time; who that was; and n, how often (once when there is none).
Who: person (as in import people), email, or a column named like a platform with the id there.
Rows of one person, day and word are added up; a later file says them anew.
docs/churn.md says what it is for.

Example:
  aftertalk import activity logins.csv`;

const ordersHelp = `Columns: day,orders. A later file says a day anew.

Example:
  aftertalk import orders orders.csv`;

const kinds = [
  {
    what: "people",
    description: "import who is who, and whose customer, from a CSV file; any number of times",
    help: peopleHelp,
  },
  {
    what: "accounts",
    description: "import accounts: plan, since when, whether they left, dates; any number of times",
    help: accountsHelp,
  },
  {
    what: "activity",
    description: "import what people did elsewhere, by day; any number of times",
    help: activityHelp,
  },
  {
    what: "orders",
    description: "import how many orders there were on a day; any number of times",
    help: ordersHelp,
  },
] as const;
