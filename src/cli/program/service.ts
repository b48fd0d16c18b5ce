/** What can be typed about the service and its database. */
import type { Command } from "commander";
import type { Run } from "./run.ts";

export function addService(program: Command, run: Run): void {
  program
    .command("start")
    .description("run the service; Ctrl-C stops it")
    .action(() => run(async (context) => (await import("../start.ts")).start(context)));
  program
    .command("doctor")
    .description("check settings, data, database and platforms, and say how to mend what is wrong")
    .action(() => run(async (context) => (await import("../doctor.ts")).doctor(context)));
  const migrate = program
    .command("migrate")
    .description("bring the database's schema up to date")
    .action(() => run(async (context) => (await import("../migrate.ts")).migrate(context)));
  migrate
    .command("status")
    .description("list the migrations and whether they are applied")
    .action(() => run(async (context) => (await import("../migrate.ts")).showMigrations(context)));
}
