/** `aftertalk person merge PERSON OTHER` and `person unmerge LINK`: two rows of people are one human. */
import { mergeHumans, unmerge } from "../people/merge.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { findPerson } from "./find-person.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

const ACTOR = "operator";

export function mergePeople(context: CliContext, one: string, other: string): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const kept = (await findPerson(database.db, id, one)).humanId;
    const absorbed = (await findPerson(database.db, id, other)).humanId;
    const outcome = await inWork(context, database, (work) =>
      mergeHumans(work, id, { kept, absorbed, how: "link", actor: ACTOR }),
    );
    const { out } = context;
    out.result(outcome);
    if (outcome.kind === "same-human") {
      out.line("They are one person already: nothing was changed.");
    } else {
      out.line(
        "They are one person now. Whether they may be asked is as the stricter of both was.",
      );
      out.line(`To take it back: aftertalk person unmerge ${outcome.mergeId}`);
    }
    return exitCodes.ok.code;
  });
}

export function unmergePeople(context: CliContext, mergeId: string): Promise<number> {
  return withDatabase(context, async (database, { id }) => {
    const outcome = await inWork(context, database, (work) => unmerge(work, id, mergeId, ACTOR));
    const { out } = context;
    out.result(outcome);
    out.line(
      outcome.kind === "unmerged"
        ? "They are as they were before."
        : "That was taken back before: nothing was changed.",
    );
    return exitCodes.ok.code;
  });
}
