/**
 * Files that somebody was given, for an hour and in memory only: what is kept about a person must
 * not lie about on a disk, and a link that was copied must not work for long.
 */
import { randomBytes } from "node:crypto";
import type { FilePart } from "../../src/platform.ts";

const HELD_MS = 60 * 60 * 1000;
/** The oldest go first: nobody fills the memory by asking again and again. */
const MOST_FILES = 50;

export interface Files {
  /** Holds a file; gives the token that it is had by: 128 random bits. */
  hold(file: FilePart): string;
  /** Undefined when there is none such, or none any more. */
  read(token: string): FilePart | undefined;
}

/** `now` in epoch milliseconds. */
export function createFiles(now: () => number = Date.now): Files {
  const files = new Map<string, { readonly file: FilePart; readonly until: number }>();
  const clear = () => {
    for (const [token, { until }] of files) {
      if (until <= now() || files.size > MOST_FILES) files.delete(token);
    }
  };
  return {
    hold(file) {
      const token = randomBytes(16).toString("base64url");
      files.set(token, { file, until: now() + HELD_MS });
      clear();
      return token;
    },
    read(token) {
      clear();
      return files.get(token)?.file;
    },
  };
}
