/** How the commands of the program are run. */
import type { CliContext } from "../context.ts";

/** Runs a command and keeps its exit code. Commands are loaded only when they are run. */
export type Run = (command: (context: CliContext) => Promise<number>) => Promise<void>;
