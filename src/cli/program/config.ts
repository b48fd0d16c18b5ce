/** What can be typed about the configuration as one file. */
import type { Command } from "commander";
import type { ApplyConfigOptions } from "../config-apply.ts";
import type { Run } from "./run.ts";

export function addConfig(program: Command, run: Run): void {
  const config = program
    .command("config")
    .description("everything that admins set up, as one YAML file")
    .addHelpText("after", `\n${examples}`);
  config
    .command("export")
    .description("write settings, surveys, schedules and roles as they are now")
    .argument("[file]", "a new file; without it: standard output")
    .action((file: string | undefined) =>
      run(async (context) => (await import("../config-file.ts")).exportConfig(context, file)),
    );
  config
    .command("check")
    .description("tell everything that is wrong in a file, with line and column; change nothing")
    .argument("<file>", "YAML as export writes it; - reads standard input")
    .action((file: string) =>
      run(async (context) => (await import("../config-file.ts")).checkConfig(context, file)),
    );
  config
    .command("apply")
    .description("make everything what a file says: all of it or, when something is wrong, nothing")
    .argument("<file>", "YAML as export writes it; - reads standard input")
    .option("--dry-run", "show what would change, and whom it would ask; change nothing")
    .option("--exit-code", "with --dry-run: exit with 5 when something would change")
    .option("--prune", "archive or revoke what is not in the file")
    .option("--yes", "do not ask before something is put away")
    .option("--force", "write over what was changed since the file was exported")
    .action((file: string, options: ApplyConfigOptions) =>
      run(async (context) =>
        (await import("../config-apply.ts")).applyConfig(context, file, options),
      ),
    );
  config
    .command("schema")
    .description("print the JSON Schema of the file, for editors")
    .action(() =>
      run(async (context) => (await import("../config-file.ts")).showConfigSchema(context)),
    );
}

const examples = `Examples:
  aftertalk config export aftertalk.yaml
  aftertalk config check aftertalk.yaml
  aftertalk config apply aftertalk.yaml --dry-run
  aftertalk config schema > configuration.schema.json
docs/configuration.md says what may stand in the file.`;
