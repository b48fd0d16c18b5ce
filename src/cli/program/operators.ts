/** What can be typed to look after an installation: backups, a workspace's settings, secrets. */
import type { Command } from "commander";
import type { RecountOptions } from "../recount.ts";
import type { RestoreFileOptions } from "../restore.ts";
import type { ResetOptions } from "../secret.ts";
import type { Run } from "./run.ts";

export function addOperators(program: Command, run: Run): void {
  program
    .command("backup")
    .description("write everything that is kept into one file")
    .argument("<file>", "a new file, for its owner only")
    .action((file: string) =>
      run(async (context) => (await import("../backup.ts")).backup(context, file)),
    );
  program
    .command("restore")
    .description("put a backup in place; who was forgotten since stays forgotten")
    .argument("<file>", "a file that backup has written, on either kind of database")
    .option("--replace", "what the database holds now may go")
    .action((file: string, options: RestoreFileOptions) =>
      run(async (context) => (await import("../restore.ts")).restore(context, file, options)),
    );
  program
    .command("recount")
    .description("count all figures anew from the answers, and say what differed")
    .option("--check", "only compare; fails when something differs")
    .option("--workspace <id>", "only this workspace; all of them without it")
    .action((options: RecountOptions) =>
      run(async (context) => (await import("../recount.ts")).recount(context, options)),
    );
  addWorkspace(program, run);
  addSecret(program, run);
}

function addWorkspace(program: Command, run: Run): void {
  const workspace = program
    .command("workspace")
    .description("what the workspace has set: retention, promise, hours, cases, accounts");
  workspace
    .command("show")
    .description("list all settings")
    .action(() => run(async (context) => (await import("../workspace.ts")).showWorkspace(context)));
  workspace
    .command("set")
    .description("change settings; all of them or, when one is wrong, none")
    .argument("<key=value...>", "for example retention.textsDays=90 hours.to=18:00")
    .action((pairs: string[]) =>
      run(async (context) => (await import("../workspace.ts")).setWorkspace(context, pairs)),
    );
}

function addSecret(program: Command, run: Run): void {
  const secret = program.command("secret").description("what AFTERTALK_SECRET has sealed");
  secret
    .command("status")
    .description("whether all can be opened, and whether a previous secret is still needed")
    .action(() => run(async (context) => (await import("../secret.ts")).showSecrets(context)));
  secret
    .command("reset")
    .description("go on when the secret is lost for good; says what is given up, and asks")
    .option("--yes", "do not ask")
    .action((options: ResetOptions) =>
      run(async (context) => (await import("../secret.ts")).resetSecret(context, options)),
    );
}
