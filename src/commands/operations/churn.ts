/** `/churn month`: who was lost, who may leave, and what they say about it. */
import { drawBars } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { yearlyChurn } from "../../metrics/churn-rate.ts";
import { type ChurnTier, churnTiers } from "../../metrics/churn-reasons.ts";
import { isEarly, isShown } from "../../metrics/ladder.ts";
import { type Share, shareOf } from "../../metrics/response.ts";
import { type ChosenOption, readChosen } from "../../store/chosen.ts";
import {
  type CustomerCounts,
  type LeavingWords,
  readCustomerCounts,
  readLeavingWords,
  readNewlyHigh,
} from "../../store/churn-figures.ts";
import { readSettings } from "../../store/settings.ts";
import { countTiers, type KeptSignals } from "../../store/signals.ts";
import type { ReadContext, Reader } from "../command.ts";
import type { View } from "../view.ts";
import { churnCard, churnLine } from "./churn-card.ts";
import { createOperation } from "./operation.ts";
import { count, headingOf, periodJson } from "./words.ts";

/** So many of those who newly stand at high are named, and so many comments quoted. */
const NAMED = 5;
const QUOTED = 5;

export interface LoadedChurn {
  readonly view: View;
  readonly workspace: string;
  readonly customers: CustomerCounts;
  readonly rate: Share;
  readonly before: Share | null;
  /** What a year of months like this one loses, in percent; null unless it is a full month. */
  readonly yearly: number | null;
  /** When a back-test passed: only from then on it is called risk. `YYYY-MM-DD`. */
  readonly provenOn: string | null;
  readonly tiers: ReadonlyMap<ChurnTier, number>;
  readonly newlyHigh: { readonly n: number; readonly people: readonly KeptSignals[] };
  readonly chosen: readonly ChosenOption[];
  readonly words: readonly LeavingWords[];
}

async function load(
  { db, clock }: ReadContext,
  { workspace }: Reader,
  view: View,
): Promise<LoadedChurn> {
  const { period } = view;
  const about = { workspaceId: workspace.id, period, now: clock.now() };
  const { singleAnswers } = view.scope;
  const customers = await readCustomerCounts(db, about);
  const then = view.before && (await readCustomerCounts(db, { ...about, period: view.before }));
  const { churn } = await readSettings(db, workspace.id);
  const rate = shareOf(customers.lost, customers.start);
  const isFullMonth = period.kind === "month" && !period.running;
  return {
    ...{ view, workspace: workspace.name, customers, rate, provenOn: churn.provenOn },
    before: then && shareOf(then.lost, then.start),
    yearly: isFullMonth && rate.rate !== null ? yearlyChurn(rate.rate) : null,
    tiers: await countTiers(db, workspace.id, about.now),
    newlyHigh: await readNewlyHigh(db, about, NAMED),
    chosen: singleAnswers ? await readChosen(db, about) : [],
    words: singleAnswers ? await readLeavingWords(db, about, QUOTED) : [],
  };
}

function draw(loaded: LoadedChurn, language: Language) {
  const { tiers, view, workspace, provenOn } = loaded;
  const all = churnTiers.reduce((sum, tier) => sum + (tiers.get(tier) ?? 0), 0);
  if (!isShown(all)) return undefined;
  const texts = textsFor(language);
  const called = provenOn === null ? "signals" : "risk";
  const title = texts.text("churn.tiers", { called });
  const bars = churnTiers.map((tier) => ({
    label: texts.text(`signal.tier.${tier}`),
    value: tiers.get(tier) ?? 0,
  }));
  return drawBars({
    ...{ title, subtitle: [workspace, texts.text("churn.now")].join(" · "), language, bars },
    unit: "count",
    labels: { noData: texts.text("summary.no-data") },
    alt: [
      headingOf(texts, texts.text("churn.title"), view),
      churnLine(texts, loaded),
      `${title}: ${bars.map(({ label, value }) => `${label} ${count(texts, value)}`).join(" · ")}`,
    ].join("\n"),
  });
}

function json({ view, customers, rate, before, yearly, ...more }: LoadedChurn) {
  const { provenOn, tiers, newlyHigh, chosen, words } = more;
  return {
    period: periodJson(view.period),
    ...customers,
    rate: rate.rate,
    range: rate.range,
    shown: isShown(rate.n),
    early: isEarly(rate.n),
    yearly,
    previous: view.before && before && { period: periodJson(view.before), ...before },
    signals: { provenOn, tiers: Object.fromEntries(tiers), newlyHigh },
    chosen: chosen.map(({ kind, question, wording, n }) => ({ kind, question, wording, n })),
    words,
  };
}

export const churn = createOperation<LoadedChurn>({
  name: "churn",
  grammar: { versus: true },
  ofEverything: true,
  load,
  card: churnCard,
  draw,
  json,
});
