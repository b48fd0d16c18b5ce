/** What can be typed to be told something: figures, and how replies are understood. */
import type { Command } from "commander";
import type { MetricName } from "../../metrics/metric.ts";
import { parseMetric } from "../arguments.ts";
import type { Run } from "./run.ts";

export function addQuestions(program: Command, run: Run): void {
  program
    .command("summary")
    .description("a metric in a period: score, range, change, comments")
    .argument("<metric>", "nps, ces, csat, resolution, expectation or emotion", parseMetric)
    .argument(
      "[words...]",
      "week (the default), last month, 30d, all, 2026-W40, 2026-10, FROM..TO; by team, for channel:#help, vs same last year",
    )
    .action((metric: MetricName, words: string[]) =>
      run(async (context) => (await import("../summary.ts")).showSummary(context, metric, words)),
    );
  program
    .command("digest")
    .description("what the leads are told each week")
    .option("--post", "post it now, where it is posted each week")
    .action((options: DigestOptions) =>
      run(async (context) => (await import("../digest.ts")).showDigest(context, options)),
    );
  program
    .command("reply")
    .description("how a person's words are understood")
    .argument("[metric]", "nps, ces, csat, resolution, expectation or emotion", parseMetric)
    .argument("[text]", "the reply, in quotes")
    .option("--language <tag>", "language of the reply, such as ru or zh-Hant")
    .option("--lines", 'read {"metric", "language", "text"} a line from standard input')
    .action(
      (
        metric: MetricName | undefined,
        text: string | undefined,
        options: ReplyOptions,
        command: Command,
      ) => {
        if (options.lines) {
          return run(async (context) => (await import("../reply.ts")).understandLines(context));
        }
        if (metric === undefined || text === undefined) {
          return command.error("error: reply needs METRIC and TEXT, or --lines");
        }
        return run(async (context) =>
          (await import("../reply.ts")).understandOne(context, metric, text, options.language),
        );
      },
    );
}

interface DigestOptions {
  readonly post?: true;
}

interface ReplyOptions {
  readonly language?: string;
  readonly lines?: true;
}
