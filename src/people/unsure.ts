/** What is said where the platform could not be asked just now what somebody may do. */
import { AppError } from "../errors.ts";
import { type Language, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";

/**
 * To somebody whose press needs a right: that it is not known, and to try again.
 * @throws AppError when it was a form: then it is not taken, and what was written stays in it.
 */
export function unsureReply(language: Language, sent: EventOf<"action">["values"]): Reply {
  if (sent !== undefined)
    throw new AppError("temporary", "nobody could tell who sent a form", {
      advice: "Whoever sent it is told to send it once more.",
    });
  return lineReply(language, textsFor(language).text("roles.unsure"));
}
