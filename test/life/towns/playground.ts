/** The town in the playground: what its page would send, without a browser. */
import { randomUUID } from "node:crypto";
import { pino } from "pino";
import type { ContentPart, Shown } from "../../../adapters/playground/entries.ts";
import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Accepted, OpenForm } from "../../../adapters/playground/wire.ts";
import { AppError } from "../../../src/errors.ts";
import type { ChatPlatform } from "../../../src/platform.ts";
import { post, readSnapshot, request } from "../../adapters/playground/requests.ts";
import { connection, playgroundOptions, temporaryFolder } from "../../adapters/playground/stage.ts";
import type { TestClock } from "../../support/clock.ts";
import type { Seen, SeenPicture, Someone, Town, Where } from "../town.ts";

export async function openPlaygroundTown(clock: TestClock): Promise<Town> {
  const folder = await temporaryFolder();
  const logged: string[] = [];
  const playground = createPlayground({
    ...playgroundOptions(folder.path),
    log: pino({ level: "trace" }, { write: (line: string) => void logged.push(line) }),
    now: () => clock.now().getTime(),
  });
  let gone = false;
  const platform: ChatPlatform = {
    ...playground,
    async send(...args) {
      const [, to] = args;
      if (gone && "userId" in to && to.userId === "dana") {
        throw new AppError("unreachable", "they have left");
      }
      return playground.send(...args);
    },
  };
  return {
    ...{ platform, connection, clock },
    dana: someone(platform, "dana", "Dana"),
    robin: someone(platform, "robin", "Robin"),
    noor: someone(platform, "noor", "Noor"),
    async playChat() {
      const chat = `chat-${randomUUID()}`;
      const body = JSON.stringify({ id: chat, customer: "dana" });
      await request(platform, "/playground/chats", { method: "POST", body });
      const say = (as: string, text: string) =>
        act(platform, { kind: "chat-message", as, chat, text });
      await say("dana", "Hello, my invoice is wrong");
      await say("kim", "Sorry! I have sent a new one");
      await say("dana", "Thank you");
      await act(platform, { kind: "chat-closed", as: "kim", chat, reason: "solved" });
    },
    async settled() {},
    async danaLeaves() {
      gone = true;
    },
    logged: () => logged,
    problems: () => [],
    async stop() {
      await playground.stop();
      await folder.remove();
    },
  };
}

export function someone(
  platform: ChatPlatform,
  as: string,
  name: string,
  language = "en",
): Someone {
  let form: OpenForm | undefined;
  const doing = async (event: object) => {
    form = (await act(platform, { as, language, ...event })).form ?? form;
  };
  const messages = async (where: Where) => {
    const place = where === "direct" ? `direct:${as}` : "leads";
    const beneath = typeof where === "object" ? where.beneath : undefined;
    return (await readSnapshot(platform)).messages.filter(
      (each) =>
        each.place === place &&
        each.beneath === beneath &&
        each.from === "bot" &&
        (each.only === undefined || each.only === as),
    );
  };
  return {
    ...{ name, id: as },
    sees: async (where) => (await messages(where)).map((message) => seen(platform, message)),
    async presses(where, { id }, label) {
      const message = (await messages(where)).find((each) => each.id === id);
      const option = optionsOf(message).find((each) => each.label === label);
      if (option === undefined) throw new Error(`${name} sees no button "${label}" there`);
      await doing({ kind: "action", message: id, token: option.token });
    },
    async fills(given) {
      if (form === undefined) throw new Error("no form is open");
      const { submit, fields, message } = form;
      const values = Object.fromEntries(
        fields.map((field) => {
          // What nobody touches stays as it stands there.
          const text = given[field.label] ?? field.value ?? "";
          if (field.many) return [field.name, text];
          const choice = field.choices?.find(({ label, value }) => [label, value].includes(text));
          if (field.choices && !choice) throw new Error(`there is no choice "${text}"`);
          return [field.name, choice?.value ?? text];
        }),
      );
      form = undefined;
      const from = message === undefined ? {} : { message };
      await doing({ kind: "action", ...from, token: submit.token, values });
    },
    writes: (text) => doing({ kind: "direct-message", text }),
    types: (command, text) => doing({ kind: "command", text: `${command} ${text}` }),
  };
}

async function act(platform: ChatPlatform, event: object): Promise<Accepted> {
  const response = await post(platform, { id: randomUUID(), ...event });
  const body = (await response.json()) as Accepted & { error?: { message: string } };
  if (!response.ok) throw new Error(body.error?.message);
  return body;
}

function optionsOf(message: Shown | undefined) {
  return (message?.content?.parts ?? []).flatMap((part) => ("options" in part ? part.options : []));
}

function seen(platform: ChatPlatform, message: Shown): Seen {
  const parts = message.content?.parts ?? [];
  return {
    id: message.id,
    words: parts.flatMap(wordsOf).join("\n"),
    buttons: optionsOf(message).map(({ label }) => label),
    pictures: parts.flatMap((part) => (part.kind === "picture" ? [pictureOf(platform, part)] : [])),
    links: parts.flatMap((part) => ("link" in part && part.link ? [part.link.url] : [])),
  };
}

function pictureOf(
  platform: ChatPlatform,
  { file, alt }: Extract<ContentPart, { kind: "picture" }>,
): SeenPicture {
  const png = async () => (await request(platform, `/playground/pictures/${file}`)).bytes();
  return { alt, png };
}

function wordsOf(part: ContentPart): string[] {
  switch (part.kind) {
    case "heading":
    case "text":
    case "note":
      return [part.text];
    case "quote":
      return [part.text, part.by ?? ""];
    case "facts":
      return part.rows.map((row) => row.join(": "));
    case "bars":
      return [part.title, ...part.bars.map(({ label, value }) => `${label} ${value}`)];
    case "picture":
      return [part.alt];
    case "file":
      return [part.title];
    case "link":
      return [part.link.label];
    default:
      return part.options.map(({ label }) => label);
  }
}
