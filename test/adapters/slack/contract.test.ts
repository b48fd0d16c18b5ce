import { createAdaptorServer } from "@hono/node-server";
import { expect } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import type { SlackOptions } from "../../../adapters/slack/workspace.ts";
import type { Address, ChatPlatform } from "../../../src/platform.ts";
import { testPlatform } from "../../contracts/platform.ts";
import { pressables } from "../../support/slack/elements.ts";
import { createStage, patiently, type Stage } from "./stage.ts";

type Way = (stage: Stage) => {
  readonly options: Partial<SlackOptions>;
  readonly open: (platform: ChatPlatform) => Promise<() => Promise<void>>;
};

const ways: Readonly<Record<string, Way>> = {
  "in Socket Mode": ({ slack }) => ({
    options: { appToken: slack.appToken },
    open: async () => async () => {},
  }),
  "over HTTP": ({ slack }) => ({
    options: { signingSecret: slack.signingSecret },
    async open({ web }) {
      const server = createAdaptorServer({
        fetch: (request: Request) => web?.fetch(request) ?? new Response(null, { status: 404 }),
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      const port = typeof address === "object" ? address?.port : undefined;
      slack.deliversTo({ url: `http://127.0.0.1:${port}/slack/events` });
      return () => new Promise((resolve) => server.close(() => resolve()));
    },
  }),
};

for (const [name, way] of Object.entries(ways)) {
  testPlatform(`Slack ${name}`, async (inbox, core) => {
    const stage = await createStage();
    const { slack, clock } = stage;
    const acme = slack.workspace("Acme");
    const help = acme.channel("help");
    const leads = acme.channel("leads");
    acme.person("Kim");
    const partner = slack.workspace("Partner", { installed: false });
    acme.channel("shared", { sharedWith: [partner] });
    const dana = partner.person("Dana");
    const somebody = acme.person("Noor");
    const root = await dana.posts(help, "It is broken");
    const { options, open } = way(stage);
    const wired = await createSlack(
      stage.options({
        botTokens: [acme.botToken],
        supportChannels: ["#help"],
        leadsChannels: [leads.id],
        ...options,
      }),
      { start: [], picture: [1] },
    );
    const { platform } = wired;
    const { forget } = platform;
    if (forget === undefined) throw new Error("Slack forgets");
    await platform.start(inbox, core);
    const close = await open(platform);
    const [connection] = wired.connections.map(({ ref }) => ref);
    if (connection === undefined) throw new Error("there is a workspace");
    const events = new Map<string, string>();
    const places = {
      direct: { kind: "direct", userId: dana.id },
      chat: { kind: "chat", chatId: `${help.id}:${root}` },
      leads: { kind: "leads" },
      unknown: { kind: "direct", userId: "UNOBODY" },
      whisper: { kind: "whisper", chatId: `${help.id}:${root}`, userId: dana.id },
    } as const;
    const seenAt = (to: Address) => {
      const beneath = to.kind === "thread" ? to.messageId.split(":").at(-1) : undefined;
      if (to.kind === "leads" || to.kind === "thread") {
        return dana.sees(leads).filter(({ threadTs }) => threadTs === beneath);
      }
      return to.kind === "direct"
        ? dana.sees("dm")
        : dana.sees(help).filter(({ ts }) => ts !== root);
    };
    const pressed = (to: Address, label: string) => {
      const message = seenAt(to).find(({ buttons }) => buttons.includes(label));
      if (message === undefined) throw new Error(`nothing there is called ${label}`);
      return message;
    };
    return {
      platform: {
        ...platform,
        send: (...args) => patiently(clock, () => platform.send(...args)),
        forget: (...args) => patiently(clock, () => forget(...args)),
      },
      connection,
      places,
      deduplicates: false,
      whispers: "privately",
      catchesUp: false,
      async seen(to) {
        return seenAt(to).map(({ channel, ts, words }) => ({ id: `${channel}:${ts}`, words }));
      },
      keepsWhispers: true,
      async press(to, label) {
        await dana.presses(pressed(to, label), label);
        await slack.settled();
      },
      async looksDangerous(to, label) {
        const { blocks } = pressed(to, label);
        return pressables(blocks).some(
          (button) => button.label === label && button.element.style === "danger",
        );
      },
      async submit(values) {
        await expect.poll(() => dana.modal()?.fields.length).toBeGreaterThan(0);
        const typed = Object.entries(values).map(([label, said]) => [label, [said].flat().join()]);
        const answer = await dana.submits(Object.fromEntries(typed));
        await slack.settled();
        return answer.outcome === "not accepted"
          ? Object.values(answer.errors).join("\n")
          : (dana.modal()?.words ?? "");
      },
      // What is wrong stands in the form, which stays.
      async reopen() {},
      async files(who) {
        const reader = who === "presser" ? dana : somebody;
        return reader.opensFiles().map(({ name, bytes }) => ({ name, text: bytes.toString() }));
      },
      async write(text, delivery) {
        const known = events.get(delivery);
        if (known !== undefined) {
          await slack.redeliver(known);
          return;
        }
        await dana.writes(text);
        await slack.settled();
        events.set(delivery, slack.events.at(-1)?.eventId ?? "");
      },
      waits: () => clock.advance(1000),
      async close() {
        await platform.stop();
        await close();
        await slack.stop();
      },
    };
  });
}
