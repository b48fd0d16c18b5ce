/** The town on Slack: the real clients against the emulator, in Socket Mode. */
import { createSlack } from "../../../adapters/slack/index.ts";
import { appManifest } from "../../../adapters/slack/manifest.ts";
import { createStage } from "../../adapters/slack/stage.ts";
import type { Person, Place, SeenMessage } from "../../support/slack/index.ts";
import { until } from "../../support/until.ts";
import type { Seen, Someone, Town, Where } from "../town.ts";

export async function openSlackTown(): Promise<Town> {
  const stage = await createStage({ manifest: appManifest() });
  const { slack, clock } = stage;
  const acme = slack.workspace("Acme");
  const help = acme.channel("help");
  const leads = acme.channel("leads");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  const [robin, noor] = [acme.person("Robin"), acme.person("Noor")];
  acme.userGroup("support", [kim, robin, noor]);
  acme.userGroup("leads", [robin, noor]);
  const wired = await createSlack(
    stage.options({
      ...{ appToken: slack.appToken, botTokens: [acme.botToken], supportChannels: ["#help"] },
      ...{ team: ["@support"], leads: ["@leads"], leadsChannels: [leads.id] },
    }),
    { start: [], picture: [1] },
  );
  const [connection] = wired.connections.map(({ ref }) => ref);
  if (connection === undefined) throw new Error("there is a workspace");
  const face = (person: Person) => someone(person, leads, slack.settled);
  return {
    ...{ platform: wired.platform, connection, clock },
    dana: face(dana),
    robin: face(robin),
    noor: face(noor),
    async playChat() {
      const chat = await dana.posts(help, "Hello, my invoice is wrong");
      await slack.settled();
      await kim.posts(help, "Sorry! I have sent a new one", { thread: chat });
      await dana.posts(help, "Thank you", { thread: chat });
      await slack.settled();
      await kim.reacts(help, chat, "white_check_mark");
      await slack.settled();
    },
    settled: slack.settled,
    async danaLeaves() {
      dana.changes({ deactivated: true });
      await slack.settled();
    },
    logged: () => stage.logged,
    problems: () => slack.problems,
    async stop() {
      await wired.platform.stop();
      await slack.stop();
    },
  };
}

export function someone(
  person: Person,
  leads: Place,
  settled: () => Promise<void>,
  pictureOf: PictureOf = () => undefined,
): Someone {
  const messages = (where: Where): SeenMessage[] => {
    const seen = person.sees(where === "direct" ? "dm" : leads);
    const ours = seen.filter(({ from }) => from !== person.id);
    if (where === "direct") return ours;
    if (where === "leads") return ours.filter(({ threadTs, ts }) => (threadTs ?? ts) === ts);
    return ours.filter(({ threadTs, ts }) => threadTs === where.beneath && ts !== threadTs);
  };
  return {
    // As a display name is written in the emulator's workspaces.
    ...{ name: person.name.toLowerCase(), id: person.id },
    sees: async (where) => messages(where).map((message) => seen(message, pictureOf)),
    async presses(where, { id }, label) {
      const message = messages(where).find(({ ts }) => ts === id);
      if (message === undefined) throw new Error(`${person.name} sees no such message`);
      await person.presses(message, label);
      await settled();
    },
    async fills(values) {
      // It opens empty at once, and is filled in when the core has answered.
      await until(() => (person.modal()?.submit ?? "") !== "", "the form is there");
      await person.submits(values);
      await settled();
    },
    async writes(text) {
      await person.writes(text);
      await settled();
    },
    async types(command, text) {
      await person.types(leads, command, text);
      await settled();
    },
  };
}

/** The bytes of an uploaded picture, once it can be shown. */
type PictureOf = (id: string) => Buffer | undefined;

function seen({ ts, words, buttons, blocks }: SeenMessage, pictureOf: PictureOf): Seen {
  const all = blocks.flatMap((block) => [...objectsIn(block)]);
  return {
    ...{ id: ts, words, buttons },
    pictures: all.flatMap(({ type, slack_file: file, alt_text: alt }) => {
      if (type !== "image" || typeof file !== "object" || file === null || !("id" in file))
        return [];
      const id = String(file.id);
      return [{ alt: String(alt ?? ""), png: async () => pictureOf(id) ?? Buffer.alloc(0) }];
    }),
    links: all.flatMap(({ url, type, text }) => {
      if (typeof url === "string") return [url];
      if (type !== "mrkdwn") return [];
      return [...String(text).matchAll(/<(https?:[^|>]+)/g)].map(([, to = ""]) => to);
    }),
  };
}

/** Every object in a block, outermost first. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { ...value };
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}
