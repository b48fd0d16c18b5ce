/** `aftertalk signals`: who may leave, as it stands, with the reasons. */
import { reasonText } from "../churn/reason-text.ts";
import { textsFor } from "../locales/index.ts";
import { churnTiers } from "../metrics/churn-reasons.ts";
import { readSettings } from "../store/settings.ts";
import { countTiers, readRaisedSignals } from "../store/signals.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";

/** More are read by nobody. */
const MOST = 50;

export function showSignals(context: CliContext): Promise<number> {
  const { out, clock } = context;
  return withDatabase(context, async ({ db }, workspace) => {
    const { churn } = await readSettings(db, workspace.id);
    const tiers = await countTiers(db, workspace.id, clock.now());
    const raised = await readRaisedSignals(db, workspace.id, MOST);
    const called = churn.provenOn === null ? "Signals, not risk" : "Risk";
    const why =
      churn.provenOn === null
        ? "no back-test has passed (aftertalk backtest churn)"
        : `a back-test passed on ${churn.provenOn}`;
    out.line(`${called}: ${why}.`);
    out.line(churnTiers.map((tier) => `${tier} ${tiers.get(tier) ?? 0}`).join(" · "));
    const texts = textsFor("en");
    for (const { name, humanId, points, tier, reasons } of raised) {
      out.line(`${points} ${tier}  ${name} (${humanId})`);
      for (const each of reasons) out.line(`     +${each.points} ${reasonText(texts, each)}`);
    }
    out.result({ provenOn: churn.provenOn, tiers: Object.fromEntries(tiers), raised });
    return exitCodes.ok.code;
  });
}
