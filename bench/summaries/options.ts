/** What a run of the bench is made of. */
import { z } from "zod";

/** Parts of a run: reading, peers beside it, taking answers in, and what lies between. */
export const parts = [
  "summaries",
  "peers",
  "taking",
  "pg",
  "command",
  "inbox",
  "reads",
  "commands",
] as const;
export type Part = (typeof parts)[number];

export interface BenchOptions {
  /** How many answers, one database of each size after the other. */
  readonly sizes: readonly number[];
  readonly workspaces: number;
  /** Most repetitions of anything that is read. */
  readonly rounds: number;
  /** Seconds for all repetitions of one thing: what is slow has fewer. */
  readonly limitSeconds: number;
  /** Seconds that each way of taking answers in is measured for, in each round of three. */
  readonly writeSeconds: number;
  readonly parts: ReadonlySet<Part>;
  /** A line about what is being done. */
  readonly progress: (line: string) => void;
}

const list = (text: string) => text.split(",").map((each) => each.trim());
const number = z.coerce.number<string>().positive();

/** Reads BENCH_* (main.ts says what each is); throws with the name of what is wrong. */
export function readOptions(
  env: Readonly<Record<string, string | undefined>>,
  progress: (line: string) => void,
): BenchOptions {
  const read = z
    .object({
      BENCH_ANSWERS: z
        .string()
        .default("1e6,1e7")
        .transform(list)
        .pipe(z.array(number.int().min(1000))),
      BENCH_WORKSPACES: number.int().max(1000).default(50),
      BENCH_ROUNDS: number.int().default(200),
      BENCH_LIMIT_SECONDS: number.default(10),
      BENCH_WRITE_SECONDS: number.default(4),
      BENCH_PARTS: z
        .string()
        .default(parts.join(","))
        .transform(list)
        .pipe(z.array(z.enum(parts))),
    })
    .parse(env);
  return {
    sizes: read.BENCH_ANSWERS.toSorted((a, b) => a - b),
    workspaces: read.BENCH_WORKSPACES,
    rounds: read.BENCH_ROUNDS,
    limitSeconds: read.BENCH_LIMIT_SECONDS,
    writeSeconds: read.BENCH_WRITE_SECONDS,
    parts: new Set(read.BENCH_PARTS),
    progress,
  };
}
