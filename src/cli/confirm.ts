/** Asks the person at the terminal before something that cannot be taken back. */
import { createInterface } from "node:readline";
import { AppError } from "../errors.ts";
import type { CliContext } from "./context.ts";

/**
 * True when they typed "yes", or the command was given `--yes`. Throws `bad-input` where nobody can
 * be asked and `--yes` is missing.
 */
export async function confirm(
  { stdin, out, signal }: CliContext,
  question: string,
  yes: boolean | undefined,
): Promise<boolean> {
  if (yes) return true;
  if (!("isTTY" in stdin && stdin.isTTY)) {
    throw new AppError("bad-input", "Nothing was changed: nobody could be asked.", {
      advice: "Run it in a terminal, or add --yes when you are sure.",
    });
  }
  out.note(`${question} Type yes to go on:`);
  const lines = createInterface({ input: stdin, signal });
  try {
    for await (const line of lines) return /^\s*yes\s*$/i.test(line);
    return false;
  } finally {
    lines.close();
  }
}
