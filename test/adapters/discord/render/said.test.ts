/** Everything that the core says, in all languages, sent to Discord for real. */
import { REST, Routes } from "discord.js";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { type Rendered, renderForm, renderMessage } from "../../../../adapters/discord/render.ts";
import { summaryCard } from "../../../../src/commands/summary/card.ts";
import { languages } from "../../../../src/locales/index.ts";
import { metricNames } from "../../../../src/metrics/metric.ts";
import { metrics } from "../../../../src/metrics/registry.ts";
import type { Address, Message, Picture } from "../../../../src/platform.ts";
import { commentForm } from "../../../../src/surveys/comment-form.ts";
import { newConversation, type Say } from "../../../../src/surveys/conversation-state.ts";
import { sayMessage, skippedMessage } from "../../../../src/surveys/messages.ts";
import { standardSurveys } from "../../../../src/surveys/standard.ts";
import type { Talk } from "../../../../src/surveys/talk.ts";
import { createTokens } from "../../../../src/surveys/tokens.ts";
import { createReading } from "../../../commands/reading-support.ts";
import { loadedSummary } from "../../../commands/summary-support.ts";
import { createOpener, type TestDatabase } from "../../../support/database.ts";
import { checkModal } from "../../../support/discord/components/modal.ts";
import { startDiscord } from "../../../support/discord/index.ts";
import { dana, kim, robin } from "../../../support/world.ts";

type Language = (typeof languages)[number];

const picture: Picture = {
  png: new Uint8Array([1, 2, 3]),
  width: 10,
  height: 10,
  alt: "NPS by week",
};
const LONG = "Ein sehr langer Kommentar, *laut* <@1> :tada:\n# und breit. ".repeat(40);

const notices = [
  ...(["expired", "closed", "too-late-to-change", "comment-added", "score-please"] as const),
  ...(["unclear", "later", "declined", "paused", "stopped"] as const),
];
const says: readonly (readonly Say[])[] = [
  [{ kind: "question", question: "score" }],
  [{ kind: "question", question: "score", again: "unclear" }],
  [{ kind: "question", question: "why" }],
  [{ kind: "question", question: "contact" }],
  [
    { kind: "answered", question: "score", value: 3 },
    { kind: "question", question: "why" },
  ],
  [{ kind: "wrote", question: "why", text: LONG }],
  [{ kind: "noted", question: "score", value: 2, comment: LONG }],
  [{ kind: "thanks", level: "low", contact: true }],
  [{ kind: "thanks", level: "high", contact: false }],
  ...notices.map((notice) => [{ kind: "notice", notice } as const]),
];
const places: readonly Address[] = [
  { kind: "direct", userId: "1" },
  { kind: "chat", chatId: "1" },
];

function talks(language: Language): Talk[] {
  return standardSurveys("Société Générale d'Exemple & Co. KG").flatMap(({ definition }) =>
    places.map((place) => ({
      survey: definition,
      language,
      company: "Société Générale d'Exemple & Co. KG",
      workspaceId: 2_000_000_000,
      invitationId: "00000000-0000-4000-8000-000000000001",
      tokens: createTokens("x".repeat(32)),
      promise: "named",
      place,
      about: "About your chat with Kim in #help",
      chatUrl: "https://discord.com/channels/1/2",
      laterAt: "Nov 17, 10:30",
    })),
  );
}

const present = <T>(values: readonly (T | undefined)[]): T[] =>
  values.filter((value) => value !== undefined);

/** What several surveys say in the same words is sent once. */
function conversations(language: Language): Message[] {
  const state = newConversation();
  const all = talks(language).flatMap((talk) =>
    present([
      ...says.map((some) => sayMessage(talk, state, some)),
      skippedMessage(talk, state, "why"),
    ]),
  );
  return [...new Map(all.map((message) => [JSON.stringify(message), message])).values()];
}

const comment = {
  text: LONG,
  person: "Dana_*",
  score: 2,
  chatUrl: "https://discord.com/channels/1/2",
  answeredAt: new Date("2026-10-13T10:00:00Z"),
};

function cards(language: Language): Message[] {
  return metricNames.flatMap((metric) => {
    const histogram = metrics[metric].displayed.map((_, i) => 3 + (i % 4));
    const before = histogram.map((n) => n + 1);
    const comments = Array.from({ length: 5 }, () => ({ ...comment, metric }));
    const loaded = loadedSummary({ metric, histogram, before, comments });
    const actions = [{ label: "Share", token: "share" }];
    const extras = { footnote: "Shared by Robin", actions };
    return [
      summaryCard(loaded, language, { ...extras, picture }),
      summaryCard(loaded, language, { ...extras, picture: "missing" }),
      summaryCard(loadedSummary({ metric, histogram: histogram.map(() => 0) }), language),
    ];
  });
}

const open = createOpener("embedded");
let database: TestDatabase;
beforeAll(async () => {
  database = await open();
});

/** Pages of a workspace with everything in it, and what else commands answer. */
async function pages(language: Language): Promise<Message[]> {
  const { answer, person, chat, types, ago, personOf } = await createReading(database);
  await types(dana, "aftertalk", "home");
  const own = await personOf(dana);
  const ada = await person("Ada <@1> *x*");
  for (let i = 0; i < 12; i += 1) {
    const about = { at: ago(1000 + i), chat: await chat(String(i)), text: LONG };
    await answer("nps", { ...about, score: i % 11, person: i < 3 ? own : ada });
    await answer("csat", { ...about, score: 1 + (i % 5), person: ada });
  }
  const asks = [
    ...["home", "help", "sample x", "after-chat", "after-chat csat", "nonsense"],
    ...["resolution week", "nps never", "survey"],
  ];
  const lead = { ...robin, locale: language };
  const typed: Message[] = [];
  for (const text of asks) typed.push(await types({ ...lead, role: "admin" }, "aftertalk", text));
  for (const name of ["nps", "csat", "feedback"]) typed.push(await types(lead, name, "month"));
  for (const who of [dana, kim]) typed.push(await types({ ...who, locale: language }, "feedback"));
  return typed;
}

/** Posts as the bot does. */
async function poster() {
  const discord = await startDiscord({ limits: "off" });
  onTestFinished(() => discord.stop());
  const help = discord.guild("Acme").channel("help");
  const rest = new REST({
    ...{ api: discord.apiUrl, retries: 0 },
    // The SDK's own limit of all requests in a second: the emulator has none here.
    globalRequestsPerSecond: Number.POSITIVE_INFINITY,
  }).setToken(discord.token);
  const post = ({ files, ...body }: Rendered) =>
    rest.post(Routes.channelMessages(help.id), { body, files: [...files] });
  return { discord, post };
}

test.each(languages)(
  "F20 Discord takes everything that is said in %s, and every button of it is there",
  async (language) => {
    const { discord, post } = await poster();
    const messages = [...conversations(language), ...cards(language), ...(await pages(language))];
    expect(messages.length).toBeGreaterThan(90);
    for (const message of messages) {
      const sent = renderMessage(message, { guildId: "1234567890123456789" });
      await post(sent);
      const json = JSON.stringify(sent.components);
      for (const part of message.parts) {
        if (!("options" in part)) continue;
        for (const { token } of part.options) expect(json).toContain(token);
      }
    }
    expect(discord.problems).toEqual([]);
  },
);

test.each(languages)("F20 Discord opens every form that there is in %s", (language) => {
  const state = newConversation();
  for (const talk of talks(language)) {
    for (const before of [undefined, LONG]) {
      const form = commentForm(talk, state, "why", before);
      if (form === undefined) throw new Error("there is no form");
      const modal = renderForm(form, { guildId: "1234567890123456789" });
      checkModal(modal);
      expect(modal.custom_id.length).toBeLessThanOrEqual(100);
    }
  }
});
