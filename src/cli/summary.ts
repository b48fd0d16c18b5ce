/** `aftertalk summary METRIC PERIOD`: what `/nps week` says, as text or as the promised JSON. */
import type { Reader } from "../commands/command.ts";
import { summaryCard } from "../commands/summary/card.ts";
import { loadSummary } from "../commands/summary.ts";
import type { MetricName } from "../metrics/metric.ts";
import type { Workspace } from "../store/workspaces.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { messageText } from "./message-text.ts";
import { withDatabase } from "./with-database.ts";

/** The command line speaks English, and so do its cards. */
const LANGUAGE = "en";

/** `words`: "last", "week", "by", "team". Nothing is this week, of everybody. */
export function showSummary(
  context: CliContext,
  metric: MetricName,
  words: readonly string[],
): Promise<number> {
  const { out, clock } = context;
  return withDatabase(context, async ({ db }, workspace) => {
    const read = await loadSummary({ db, clock }, operator(workspace), metric, words.join(" "));
    if (!read.ok) {
      const text = messageText(read.refusal);
      out.note(text);
      out.result({ error: { code: "usage", message: text } });
      return exitCodes.usage.code;
    }
    out.line(messageText(summaryCard(read.loaded, LANGUAGE)));
    out.result(read.loaded.summary);
    return exitCodes.ok.code;
  });
}

/** Whoever runs the service sees what an admin sees. */
function operator(workspace: Workspace): Reader {
  const person = { id: NO_INVITATION, name: "operator", role: "admin" } as const;
  return { workspace, person, language: LANGUAGE };
}
