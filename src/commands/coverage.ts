/** `/coverage month by agent`: whether everybody who should be asked is, whoever had the chat. */
import { textsFor } from "../locales/index.ts";
import { watchUnits } from "../metrics/funnel-coverage.ts";
import { readCoverage, readCoverageFigures } from "../store/coverage.ts";
import { type Command, type CommandContext, type Reader, readerRoles } from "./command.ts";
import { type CoverageTable, coverageCard, type LoadedCoverage } from "./coverage-card.ts";
import { filterLabel } from "./view/filter.ts";
import { periodLabel } from "./view/period.ts";
import { type Grammar, readView, type View } from "./view.ts";

const cuts = ["team", "agent", "channel", "touchpoint", "platform"] as const;

/** Without a cut whoever may pick chats is looked at. */
const usual = ["team", "agent"] as const;

const grammar: Grammar = {
  cuts,
  filters: ["team", "agent", "channel", "touchpoint", "account", "platform", "language", "tag"],
};

export const coverageCommand: Command = {
  name: "coverage",
  roles: readerRoles,
  grammar,
  async run(context, request) {
    const { language, text } = request;
    const read = await readView(context, request, text, grammar);
    if (!read.ok) return { kind: "message", message: read.refusal };
    const loaded = await loadCoverage(context, request, read.view);
    return { kind: "message", message: coverageCard(loaded, language) };
  },
};

async function loadCoverage(
  { patiently, clock }: CommandContext,
  { workspace, language }: Reader,
  { period, filter, by }: View,
): Promise<LoadedCoverage> {
  const about = { workspaceId: workspace.id, period, filter, now: clock.now() };
  const wanted = by === undefined ? usual : cuts.filter((cut) => cut === by);
  const [whole, tables] = await patiently(async (db) => {
    const all = await readCoverage(db, about);
    const rows: CoverageTable[] = [];
    for (const cut of wanted) {
      const units = await readCoverageFigures(db, { ...about, by: cut });
      rows.push({ by: cut, units: watchUnits(units, all.closed + all.leftOpen) });
    }
    return [all, rows] as const;
  });
  const texts = textsFor(language);
  const label = filterLabel(filter, language);
  const title = [
    texts.text("coverage.title"),
    periodLabel(period, language),
    ...(label === undefined ? [] : [label]),
  ].join(" · ");
  return { title, whole, tables };
}
