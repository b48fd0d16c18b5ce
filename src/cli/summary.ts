/** `aftertalk summary METRIC PERIOD`: what `/nps week` says, as text or as the promised JSON. */
import { loadSummary, summaryRefusal } from "../commands/summary.ts";
import { summaryCard } from "../commands/summary-card.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { messageText } from "./message-text.ts";
import { withDatabase } from "./with-database.ts";

/** The command line speaks English, and so do its cards. */
const LANGUAGE = "en";

/** `periodWords`: "last", "week", "team:Billing". Nothing is this week, of everybody. */
export function showSummary(
  context: CliContext,
  metric: MetricName,
  periodWords: readonly string[],
): Promise<number> {
  const { out, clock } = context;
  return withDatabase(context, async ({ db }, workspace) => {
    const loaded = await loadSummary({ db, clock }, workspace, metric, periodWords.join(" "));
    if (!loaded.ok) {
      const { timeZone } = workspace;
      const refusal = summaryRefusal(loaded, { language: LANGUAGE, now: clock.now(), timeZone });
      const text = messageText(refusal);
      out.note(text);
      out.result({ error: { code: "usage", message: text } });
      return exitCodes.usage.code;
    }
    out.line(messageText(summaryCard(loaded, LANGUAGE)));
    out.result(loaded.summary);
    return exitCodes.ok.code;
  });
}
