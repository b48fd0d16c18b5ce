/** The desk on Slack: a language is that of `users.info`, and a command is a line. */
import { createSlack } from "../../../adapters/slack/index.ts";
import { appManifest } from "../../../adapters/slack/manifest.ts";
import { say } from "../../../src/wiring/settings.ts";
import { createStage } from "../../adapters/slack/stage.ts";
import type { ChannelFace, Person, Slack, Workspace } from "../../support/slack/index.ts";
import { someone } from "../towns/slack.ts";
import { type Asker, answerTo, type Desk, lineOf } from "./desk.ts";

/** With what is behind it, for whoever looks at it as a page. */
export interface SlackDesk extends Desk {
  readonly slack: Slack;
  readonly workspace: Workspace;
  readonly channel: ChannelFace;
  /** The person behind an asker, by their id. */
  personOf(id: string): Person | undefined;
}

export async function openSlackDesk(): Promise<SlackDesk> {
  const stage = await createStage({ manifest: appManifest(), limits: "off" });
  const { slack, clock } = stage;
  const acme = slack.workspace("Acme");
  const [, channel] = [acme.channel("help"), acme.channel("support-leads")];
  const robin = acme.person("Robin", { locale: "en-US", admin: true });
  const mei = acme.person("Mei", { locale: "zh-CN", admin: true });
  const ting = acme.person("Ting", { locale: "zh-TW" });
  const vera = acme.person("Vera", { locale: "ru-RU" });
  const noor = acme.person("Noor");
  const nadia = acme.person("Nadia");
  const dana = acme.person("Dana");
  const everybody = [robin, mei, ting, vera, noor, nadia, dana];
  acme.userGroup("support", [robin, mei, ting, vera, noor, nadia]);
  let leading = [robin, mei, ting, vera, noor];
  const group = acme.userGroup("leads", leading);
  const wired = await createSlack(
    stage.options({
      ...{ appToken: slack.appToken, botTokens: [acme.botToken], supportChannels: ["#help"] },
      ...{ team: ["@support"], leads: ["@leads"], leadsChannels: [channel.id], say },
    }),
    { start: [], picture: [1] },
  );
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a workspace");
  const face = (person: Person) => asker(slack, person, channel);
  return {
    ...{ platform: wired.platform, connection, clock, slack, workspace: acme, channel },
    leads: { en: face(robin), "zh-Hans": face(mei), "zh-Hant": face(ting), ru: face(vera) },
    ...{ admin: face(robin), agent: face(nadia), teamLead: face(noor), customer: face(dana) },
    leading: {
      mention: `<!subteam^${group.id}|@leads>`,
      joins(who) {
        leading = [...leading, ...everybody.filter(({ id }) => id === who.id)];
        group.setMembers(leading);
      },
      leaves(who) {
        leading = leading.filter(({ id }) => id !== who.id);
        group.setMembers(leading);
      },
      hide: () => slack.fail("usergroups.list", { kind: "status", status: 503 }, { times: 1000 }),
    },
    whispersPictures: false,
    personOf: (id) => everybody.find((each) => each.id === id),
    settled: slack.settled,
    problems: () => slack.problems,
    logged: () => stage.logged,
    async stop() {
      await wired.platform.stop();
      await slack.stop();
    },
  };
}

function asker(slack: Slack, person: Person, leads: ChannelFace): Asker {
  const self = someone(person, leads, slack.settled, slack.file);
  let turn = 0;
  return {
    ...self,
    form: () => person.modal()?.words ?? "",
    asks(asked) {
      turn += 1;
      const [command = "", ...more] = asked.command.split(" ");
      const line = [...more, lineOf(asked, turn)].join(" ").trim();
      return answerTo(
        self,
        () => self.types(`/${command}`, line),
        ({ words }) => moments.has(words),
      );
    },
  };
}

/** "One moment…", in every language. */
const moments = new Set(["en", "zh-Hans", "zh-Hant", "ru"].map((one) => say(one, "slack.moment")));
