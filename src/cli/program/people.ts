/** What operators can type about people. */
import type { Command } from "commander";
import { NAMED_BY } from "../arguments.ts";
import type { EraseOptions } from "../person-erase.ts";
import type { Run } from "./run.ts";

export function addPeople(program: Command, run: Run): void {
  const person = program
    .command("person")
    .description("see, export, erase or link what is kept about people")
    .addHelpText("after", `\nPERSON is ${NAMED_BY}.`);
  person
    .command("show")
    .description("who somebody is here, and how much is kept")
    .argument("<person>")
    .action((text: string) =>
      run(async (context) => (await import("../person.ts")).showPerson(context, text)),
    );
  person
    .command("export")
    .description("everything that is kept about somebody, as JSON")
    .argument("<person>")
    .argument("[file]", "a new file, for its owner only; without it: standard output")
    .action((text: string, file: string | undefined) =>
      run(async (context) => (await import("../person.ts")).exportPerson(context, text, { file })),
    );
  person
    .command("erase")
    .description("forget somebody for ever, here and on the platforms; asks before it does")
    .argument("<person>")
    .option("--yes", "do not ask")
    .action((text: string, options: EraseOptions) =>
      run(async (context) =>
        (await import("../person-erase.ts")).erasePerson(context, text, options),
      ),
    );
  person
    .command("teams")
    .description("whose figures somebody who leads sees; without teams: which they are now")
    .argument("<person>")
    .argument("[teams]", "names with commas between them, or all")
    .action((text: string, teams: string | undefined) =>
      run(async (context) =>
        (await import("../person-teams.ts")).personTeams(context, text, teams),
      ),
    );
  person
    .command("erasures")
    .description("what was removed on the platforms, what could not be, and what is still to be")
    .action(() =>
      run(async (context) => (await import("../person-erase.ts")).listErasures(context)),
    );
  addLinks(person, run);
}

function addLinks(person: Command, run: Run): void {
  person
    .command("merge")
    .description("two are the same human")
    .argument("<person>")
    .argument("<other>")
    .action((one: string, other: string) =>
      run(async (context) => (await import("../person-merge.ts")).mergePeople(context, one, other)),
    );
  person
    .command("unmerge")
    .description("take a merge back")
    .argument("<merge>", "the id that merge printed")
    .action((id: string) =>
      run(async (context) => (await import("../person-merge.ts")).unmergePeople(context, id)),
    );
}
