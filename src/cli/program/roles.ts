/** What operators can type about roles. */
import type { Command } from "commander";
import { NAMED_BY } from "../arguments.ts";
import type { Run } from "./run.ts";

export function addRoles(program: Command, run: Run): void {
  const roles = program
    .command("roles")
    .description("who may do what: admins, leads, agents, viewers")
    .addHelpText("after", `\nPERSON is ${NAMED_BY}. Groups are named in chat: /aftertalk roles.`);
  roles
    .command("list")
    .description("everybody who has a role, and what gives it to them")
    .action(() => run(async (context) => (await import("../roles.ts")).listRoles(context)));
  roles
    .command("grant")
    .description("give somebody a role, beside what settings and the platform say")
    .argument("<role>", "viewer, agent, lead or admin")
    .argument("<person>")
    .action((role: string, person: string) =>
      run(async (context) => (await import("../roles.ts")).grantRole(context, role, person)),
    );
  roles
    .command("revoke")
    .description("take away what was granted to somebody; settings and the platform still count")
    .argument("<person>")
    .action((person: string) =>
      run(async (context) => (await import("../roles.ts")).revokeRole(context, person)),
    );
}
