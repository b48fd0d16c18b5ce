/** The digest on each platform: taken as it is, and of a busy week nothing is cut off. */
import { expect, test } from "vitest";
import { renderMessage as onDiscord } from "../../adapters/discord/render.ts";
import { renderMessage as onSlack } from "../../adapters/slack/render.ts";
import { digestCard } from "../../src/digest/card.ts";
import type { Digest } from "../../src/digest/digest.ts";
import { languages } from "../../src/locales/index.ts";
import { metricNames } from "../../src/metrics/metric.ts";
import { metrics } from "../../src/metrics/registry.ts";
import { loadedSummary } from "../commands/summary-support.ts";
import { checkComponents } from "../support/discord/components/message.ts";
import { expectShownWhole } from "../support/every-platform.ts";
import { checkMessage } from "../support/slack/block-kit.ts";
import { liveIn } from "../support/slack/mrkdwn-blocks.ts";
import { comment, fullDigest, overdue } from "./card-support.ts";

const picture = { png: new Uint8Array([1]), width: 10, height: 10, alt: "NPS by week" };

/** Every metric with a verdict, three long comments, three overdue cases, many schedules. */
function busyDigest(): Digest {
  const figures = metricNames.map((metric) => {
    const histogram = metrics[metric].displayed.map((_, i) => 90 + 7 * i);
    const before = histogram.map((n) => n + 11);
    return loadedSummary({ metric, period: "last week", histogram, before });
  });
  const text = "The refund took three weeks and two calls with nobody who knew about it. ".repeat(
    4,
  );
  const upcoming = Array.from({ length: 12 }, (_, i) =>
    i % 2 === 0
      ? ({ name: `a-schedule-with-quite-a-name-${i}`, kind: "people", people: 7 * i + 1 } as const)
      : ({ name: `campaign-${i}`, kind: "at", at: new Date("2026-10-19T08:00:00Z") } as const),
  );
  const quoted = [comment, comment, comment].map((each) => ({ ...each, text: text.trim() }));
  return fullDigest({ figures, comments: quoted, overdue: [overdue, overdue, overdue], upcoming });
}

/** What nobody of good will writes. */
function hostileDigest(): Digest {
  const words = "<!channel> @everyone *x* [a](https://evil.example) `c` \u202e# -# > ".repeat(30);
  const digest = busyDigest();
  return {
    ...digest,
    comments: digest.comments.map((each) => ({ ...each, text: words, person: words })),
    overdue: [{ ...overdue, person: words, account: words, owner: words }],
  };
}

test.each(languages)(
  "F20 a busy week is shown with every word of it on each platform (%s)",
  (language) => {
    expectShownWhole(digestCard(busyDigest(), language, picture));
  },
);

test("N5 N6 nothing that anybody wrote is alive in it, however much it is", () => {
  const card = digestCard(hostileDigest(), "en", picture);
  const slack = onSlack(card);
  expect(checkMessage(slack)).toEqual([]);
  expect(liveIn(slack)).toMatchObject({ mentions: [], formatting: [] });
  const discord = onDiscord(card);
  checkComponents(
    discord.components,
    true,
    discord.files.map(({ name }) => name),
  );
  expect(discord.allowed_mentions).toEqual({ parse: [] });
});
