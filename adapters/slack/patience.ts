/** Trying again what Slack did not answer. */
import { createPersist } from "../common/patience.ts";
import { slackError } from "./errors.ts";

export const persist = createPersist((error) => slackError(error, "read"));
