/** `/coverage month by agent`: whether everybody who should be asked is, whoever had the chat. */
import { textsFor } from "../locales/index.ts";
import { watchUnits } from "../metrics/funnel-coverage.ts";
import { type CoverageRow, readCoverage, readCoverageFigures } from "../store/coverage.ts";
import { type Command, type CommandContext, type Reader, readerRoles } from "./command.ts";
import { type CoverageTable, coverageCard, type LoadedCoverage } from "./coverage-card.ts";
import { headingOf } from "./operations/words.ts";
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
      const isNobody = ({ value }: CoverageRow) => cut === "agent" && value === "";
      rows.push({ by: cut, units: watchUnits(units, all.closed + all.leftOpen, isNobody) });
    }
    return [all, rows] as const;
  });
  const texts = textsFor(language);
  // A period that is over is not final while a question of it is planned.
  const soFar = period.running || whole.waiting > 0;
  const title = headingOf(texts, texts.text("coverage.title"), { period, filter }, soFar);
  return { title, whole, tables };
}
