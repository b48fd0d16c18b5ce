/** `aftertalk reply METRIC TEXT`: how a person's words are understood. Needs no database. */
import { createInterface } from "node:readline";
import { z } from "zod";
import { languageFor } from "../locales/index.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { type Understood, understandReply } from "../surveys/reply.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";

const lineShape = z.object({
  metric: z.enum(metricNames),
  language: z.string().optional(),
  text: z.string(),
});

export function understandOne(
  context: CliContext,
  metric: MetricName,
  text: string,
  language: string | undefined,
): number {
  const understood = understandReply({ metric, text, language: languageFor(language) });
  context.out.result(understood);
  context.out.line(describe(understood));
  return exitCodes.ok.code;
}

/** One JSON object a line in, one result a line out; a bad line is told and the others go on. */
export async function understandLines(context: CliContext): Promise<number> {
  const { out, signal } = context;
  let bad = 0;
  let number = 0;
  const input = { input: context.stdin, crlfDelay: Number.POSITIVE_INFINITY, signal };
  for await (const line of createInterface(input)) {
    number++;
    if (line.trim() === "") continue;
    const parsed = parseLine(line);
    if (parsed.ok) {
      const { metric, text, language } = parsed.data;
      out.result(understandReply({ metric, text, language: languageFor(language) }));
    } else {
      bad++;
      out.result({ error: { code: "bad-input", message: `Line ${number}: ${parsed.reason}` } });
    }
    await out.drained();
  }
  signal.throwIfAborted();
  if (bad > 0) out.note(`${bad} of ${number} lines could not be used.`);
  return bad > 0 ? exitCodes.failure.code : exitCodes.ok.code;
}

type ParsedLine =
  | { readonly ok: true; readonly data: z.infer<typeof lineShape> }
  | { readonly ok: false; readonly reason: string };

function parseLine(line: string): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, reason: "it is not JSON" };
  }
  const parsed = lineShape.safeParse(value);
  if (parsed.success) return { ok: true, data: parsed.data };
  const wrong = [...new Set(parsed.error.issues.map(({ path }) => path[0]?.toString() ?? "it"))];
  const metrics = metricNames.join(", ");
  return {
    ok: false,
    reason: `${wrong.join(" and ")} cannot be used; wanted is {"metric", "text", "language"}, the metric one of ${metrics}`,
  };
}

function describe(understood: Understood): string {
  switch (understood.kind) {
    case "score": {
      const { score, comment } = understood;
      return comment === undefined
        ? `A score: ${score}.`
        : `A score: ${score}, with the comment ${quote(comment)}.`;
    }
    case "comment":
      return `A comment without a score: ${quote(understood.comment)}.`;
    case "later":
      return understood.when === undefined ? "Ask later." : `Ask later: ${quote(understood.when)}.`;
    case "pause":
      return "Not for a while: 30 days.";
    case "decline":
      return "Not this one.";
    case "stop":
      return "Never ask again.";
    case "unclear":
      return "Not clear: the question is asked again.";
  }
}

/** As JSON: a person's words must not command the terminal. */
function quote(words: string): string {
  return JSON.stringify(words);
}
