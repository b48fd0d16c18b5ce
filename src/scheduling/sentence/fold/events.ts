/** What happens, after which somebody is asked. */
import { metrics } from "../../../metrics/registry.ts";
import type { Clause } from "../parse.ts";
import type { Asker, Draft } from "./draft.ts";
import { kindOf, scoresOf, tokensOf } from "./scores.ts";
import { isMetric, namesIn } from "./whom.ts";

type Event = Draft["events"][number]["trigger"];

/** The event of a clause, with where its chat was put down; undefined when that was asked about. */
export function eventOf(
  asker: Asker,
  clause: Clause,
  draft: Draft,
  row: number,
): Event | undefined {
  const on = kindOf(clause.bound, "event");
  switch (on) {
    case "chat-closed":
    case "chat-reopened":
      return placesOf(asker, clause, draft, row) ? { on } : undefined;
    case "person-joined":
    case "account-joined":
    case "person-left":
    case "account-left":
      return { on };
    case "answer-given":
      return answer(asker, clause);
    case "signals-reached": {
      const tier = kindOf(clause.bound, "tier");
      if (tier === "watch" || tier === "high") return { on, tier };
      asker.ask("not-expressible", clause);
      return undefined;
    }
    case "date": {
      const name = tokensOf(clause.bound, "DATENAME")[0];
      const date = name?.names?.DATENAME ?? name?.name ?? "";
      const of = asker.known.dates.find((each) => each.name === date)?.of ?? "account";
      return { on, date, of };
    }
    default:
      return undefined;
  }
}

/** False when it was asked about. */
function placesOf(asker: Asker, clause: Clause, draft: Draft, row: number): boolean {
  for (const [tag, place] of [
    ["TEAMNAME", "teams"],
    ["CHANNELNAME", "channels"],
  ] as const) {
    if (tokensOf(clause.bound, tag).length === 0) continue;
    const names = namesIn(asker, clause, tag, place);
    if (names === undefined) return false;
    draft[place].push({ row, clause, names });
  }
  return true;
}

function answer(asker: Asker, clause: Clause): Event | undefined {
  const metric = tokensOf(clause.bound, "METRIC")[0]?.name;
  const ends = scoresOf(asker, clause.bound);
  if (!isMetric(metric) || ends === undefined) return undefined;
  const { scale } = metrics[metric];
  return { on: "answer-given", metric, from: ends.min ?? scale.min, to: ends.max ?? scale.max };
}
