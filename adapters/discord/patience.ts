/** Trying again what Discord did not answer. */
import { createPersist } from "../common/patience.ts";
import { discordError } from "./errors.ts";

export const persist = createPersist((error) => discordError(error, "read"));
