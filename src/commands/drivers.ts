/** `/drivers csat month`: what goes together with a score, never what causes it. */
import { drawDrivers } from "../charts/picture.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import { driversOf } from "../metrics/drivers.ts";
import { answersIn } from "../metrics/histogram.ts";
import { COMPARED_FROM } from "../metrics/ladder.ts";
import { type MetricName, metricNames } from "../metrics/metric.ts";
import { metrics } from "../metrics/registry.ts";
import { readAllFacts } from "../store/all-facts.ts";
import { readDriverFacts } from "../store/driver-facts.ts";
import { readSettings } from "../store/settings.ts";
import { type Command, type CommandContext, type Reader, readerRoles } from "./command.ts";
import { driversCard, driversPicture, type LoadedDrivers } from "./drivers-card.ts";
import type { Answered } from "./operations/operation.ts";
import { headingOf, periodJson } from "./operations/words.ts";
import type { CardPicture } from "./summary/card.ts";
import { periodLabel } from "./view/period.ts";
import { type Grammar, readView, type View } from "./view.ts";

const grammar: Grammar = {
  filters: ["team", "agent", "channel", "touchpoint", "account", "platform", "language", "tag"],
  flags: metricNames,
};

export const driversCommand: Command = {
  name: "drivers",
  roles: readerRoles,
  grammar,
  async run(context, request) {
    const answered = await answerDrivers(context, request, request);
    return { kind: "message", message: answered.ok ? answered.message : answered.refusal };
  },
};

/** As the command line and the chat command run it. */
export async function answerDrivers(
  context: Patient,
  reader: Reader,
  { text, pictures }: { readonly text: string; readonly pictures: boolean },
): Promise<Answered> {
  const { workspace, language } = reader;
  const read = await readView(context, reader, text, grammar);
  if (!read.ok) return read;
  const { promise } = await readSettings(context.db, workspace.id);
  // A batch shows its scores together, and nothing beside each of them.
  if (promise === "totals") {
    const refusal = lineMessage(language, textsFor(language).text("drivers.totals"));
    return { ok: false, refusal };
  }
  const loaded = await loadDrivers(context, reader, read.view);
  const picture = pictures ? await draw(loaded, language) : undefined;
  const { metric, n, total, drivers, unknown } = loaded;
  return {
    ok: true,
    message: driversCard(loaded, language, picture),
    json: { metric, period: periodJson(read.view.period), n, total, drivers, unknown },
  };
}

type Patient = Pick<CommandContext, "db" | "clock" | "patiently">;

async function loadDrivers(
  context: Patient,
  { workspace, language }: Reader,
  view: View,
): Promise<LoadedDrivers> {
  const now = context.clock.now();
  const { period, filter } = view;
  const about = { workspaceId: workspace.id, filter, now };
  const name = metricNames.find((each) => view.flags.includes(each)) ?? (await usual());
  const facts = await context.patiently((db) =>
    readDriverFacts(db, { ...about, period, metric: metrics[name] }),
  );
  const texts = textsFor(language);
  const of = texts.text("drivers.title", { metric: texts.text(`metric.${name}.name`) });
  const title = headingOf(texts, of, view);
  const titles = { metric: name, title, name: of, when: periodLabel(period, language) };
  const n = facts.scores.length;
  const found =
    n < COMPARED_FROM ? { drivers: [], unknown: [] } : driversOf(facts.scores, facts.besides);
  return { ...titles, n, total: facts.total, ...found };

  /** The one with the most answers. */
  async function usual(): Promise<MetricName> {
    const all = await readAllFacts(context.db, { ...about, names: metricNames, periods: [period] });
    const answers = (each: MetricName) => answersIn(all.get(each)?.[0]?.histogram ?? []);
    return metricNames.toSorted((a, b) => answers(b) - answers(a))[0] ?? "nps";
  }
}

async function draw(loaded: LoadedDrivers, language: Reader["language"]): Promise<CardPicture> {
  const picture = driversPicture(loaded, language);
  if (picture === undefined) return undefined;
  try {
    return await drawDrivers(picture);
  } catch {
    return "missing";
  }
}
