/** The one person that an operator means. */
import { AppError } from "../errors.ts";
import { findHumans } from "../people/identities.ts";
import type { FoundHuman } from "../store/identities.ts";
import type { Db } from "../store/schema.ts";
import { NAMED_BY } from "./arguments.ts";

/** Throws `not-found` for nobody, and `bad-input` when several have the address. */
export async function findPerson(db: Db, workspaceId: number, text: string): Promise<FoundHuman> {
  const [found, ...others] = await findHumans(db, workspaceId, text);
  if (found === undefined) {
    throw new AppError("not-found", "Nobody is known by that.", {
      advice: `Name them by ${NAMED_BY}.`,
    });
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ humanId }) => humanId);
    throw new AppError("bad-input", `That may be ${ids.length} people: ${ids.join(", ")}.`, {
      advice: "Name one of them by that id; person show ID says more about each.",
    });
  }
  return found;
}
