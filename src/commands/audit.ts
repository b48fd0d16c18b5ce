/** `/aftertalk audit [PERIOD] [WORDS]`: who changed what, what was there before, and when. */
import { auditPage } from "../admin/audit-card.ts";
import type { Period } from "../metrics/period.ts";
import { parsePeriod } from "../metrics/period-text.ts";
import type { AdminCommand, AdminRequest } from "./command.ts";

export const auditCommand: AdminCommand = {
  name: "audit",
  roles: ["admin"],
  options: [{ name: "period", suggests: "period" }, { name: "words" }],
  async act(engine, request) {
    const now = engine.clock.now();
    const context = { engine, db: engine.db, now, reader: request };
    return { kind: "message", message: await auditPage(context, readWanted(request, now), 0) };
  },
};

/** No name of a period has more words. */
const LONGEST = 5;

/** The longest beginning that names a period; what is behind it is searched for. */
function readWanted(
  { text, workspace, language }: AdminRequest,
  now: Date,
): { readonly period: Period | undefined; readonly words: readonly string[] } {
  const words = text.trim().slice(0, 200).split(/\s+/u).filter(Boolean);
  for (let n = Math.min(LONGEST, words.length); n > 0; n -= 1) {
    const typed = words.slice(0, n).join(" ");
    const parsed = parsePeriod(typed, { now, timeZone: workspace.timeZone, language });
    if (parsed.ok) return { period: parsed.period, words: words.slice(n) };
  }
  return { period: undefined, words };
}
