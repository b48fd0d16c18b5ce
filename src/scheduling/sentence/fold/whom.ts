/** Whom: clauses become an audience. */
import { type MetricName, metricNames } from "../../../metrics/metric.ts";
import type { ClauseKind } from "../clauses/index.ts";
import type { Clause } from "../parse.ts";
import { nameTags, type Tag, type Token } from "../token.ts";
import { concepts } from "../words/words.ts";
import type { Asker, Audience, Draft } from "./draft.ts";
import { daysIn } from "./lengths.ts";
import { daysAgo, kindOf, scoresOf, tokensOf } from "./scores.ts";

type Fold = (asker: Asker, clause: Clause, draft: Draft) => Partial<Audience> | undefined;

/** The names of a list. Of several one is enough, so "and" cannot be meant of what one may have all of. */
export function namesIn(
  asker: Asker,
  { bound, ...clause }: Clause,
  tag: Tag,
  part: string,
): string[] | undefined {
  const tokens = tokensOf(bound, tag);
  const names = tokens.map((token) => token.names?.[tag] ?? token.name ?? "");
  const isBoth = bound.some(({ name, kind }) => name === `<${part}>` && kind === "and");
  if (isBoth && tag === "TAGNAME") {
    asker.ask("both-of-a-list", clause, {
      params: { names: names.join(", ") },
      choices: names.map((name) => ({ at: clause, words: asker.say("tag", { name }) })),
    });
    return undefined;
  }
  const bare = clause.tokens.length === tokens.length ? tokens.find(isSomethingElse) : undefined;
  if (bare === undefined) return [...new Set(names)];
  askWhich(asker, bare);
  return undefined;
}

const sayable = {
  PLANNAME: "plan",
  TEAMNAME: "team",
  TAGNAME: "tag",
  ACCOUNTNAME: "account",
  CHANNELNAME: "channel",
} as const;

/** A name of two things, or a word that has a meaning of its own. */
function isSomethingElse({ tags }: Token): boolean {
  const all = tags.filter((tag) =>
    [...nameTags, ...concepts, "METRIC"].some((each) => each === tag),
  );
  return all.length > 1;
}

function askWhich(asker: Asker, token: Token): void {
  const choices = Object.entries(sayable).flatMap(([tag, what]) =>
    token.tags.some((each) => each === tag)
      ? [{ at: token, words: asker.say(what, { name: asker.text.slice(token.start, token.end) }) }]
      : [],
  );
  asker.ask("name-two-meanings", token, { choices });
}

const named =
  (field: "plans" | "accounts" | "tags" | "platforms", tag: Tag): Fold =>
  (asker, clause) => {
    const names = namesIn(asker, clause, tag, field);
    return names === undefined ? undefined : { [field]: names };
  };

const days =
  (field: "daysSinceJoined" | "daysSinceActive" | "daysSinceLastChat"): Fold =>
  (asker, { bound }) => {
    const ends = daysAgo(asker, bound);
    return ends === undefined ? undefined : { [field]: ends };
  };

/** Inactive for 30 days: so long ago at least. */
const inactive: Fold = (asker, { bound }) => {
  const [length] = tokensOf(bound, "DUR");
  const min = length === undefined ? undefined : daysIn(asker, length);
  return min === undefined ? undefined : { daysSinceActive: { min } };
};

const group = (min: number, max: number) => (): Partial<Audience> => ({
  lastScore: { metric: "nps", min, max },
});

export const isMetric = (name: string | undefined): name is MetricName =>
  metricNames.some((metric) => metric === name);

/** The folds of clauses that say whom. */
export const whomFolds: Partial<Record<ClauseKind, Fold>> = {
  everybody: () => ({}),
  buyers: () => ({ accountRole: "buyer" }),
  userRole: () => ({ accountRole: "user" }),
  users(asker, clause) {
    const words = [asker.say("allCustomers"), asker.say("usersOnly")];
    asker.ask("users", clause, { choices: words.map((each) => ({ at: clause, words: each })) });
    return undefined;
  },
  plans: named("plans", "PLANNAME"),
  accounts: named("accounts", "ACCOUNTNAME"),
  tags: named("tags", "TAGNAME"),
  platforms: named("platforms", "PLATFORMNAME"),
  speaking: (_, { bound }) => ({
    languages: [...new Set(tokensOf(bound, "LANG", "SPEAKERS").map(({ name = "" }) => name))],
  }),
  language(asker, clause) {
    const [token] = tokensOf(clause.bound, "LANG");
    const name = asker.text.slice(token?.start, token?.end);
    asker.ask("language-which", clause, {
      choices: [{ at: clause, words: asker.say("speaking", { name }) }],
    });
    return undefined;
  },
  promoters: group(9, 10),
  passives: group(7, 8),
  detractors: group(0, 6),
  lastScore(asker, { bound }) {
    const metric = tokensOf(bound, "METRIC")[0]?.name;
    const ends = scoresOf(asker, bound);
    return ends === undefined || !isMetric(metric) ? undefined : { lastScore: { metric, ...ends } };
  },
  lastScoreOfWhat(asker, clause) {
    const metrics = [...new Set(asker.known.surveys.flatMap(({ metric }) => metric ?? []))];
    const rest = asker.text.slice(tokensOf(clause.bound, "NUM")[0]?.start, clause.end);
    const choices = metrics.map((name) => ({
      at: clause,
      words: `${asker.say("lastMetric", { name })} ${rest}`,
    }));
    asker.ask("metric-missing", clause, { choices });
    return undefined;
  },
  joined: days("daysSinceJoined"),
  active: days("daysSinceActive"),
  lastChat: days("daysSinceLastChat"),
  inactive,
  neverAnswered: () => ({ neverAnswered: true }),
  answered: () => ({ neverAnswered: false }),
  signals(_, { bound }) {
    const tier = kindOf(bound, "tier");
    return tier === "high" || tier === "watch" || tier === "low" ? { signals: tier } : undefined;
  },
  signalsAlone(asker, clause) {
    const tiers = [asker.say("watch"), asker.say("high")];
    const said = asker.text.slice(clause.start, clause.end);
    const choices = tiers.map((tier) => ({ at: clause, words: `${tier} ${said}` }));
    asker.ask("tier-missing", clause, { choices });
    return undefined;
  },
};
