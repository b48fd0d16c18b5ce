/**
 * The answer to what somebody did, where they see it: at once, or "one moment" first and the answer
 * when it is there. What Discord does not take any more reaches them by a direct message (F12).
 * Nothing here ever rejects.
 */
import type { Client } from "discord.js";
import type { Log } from "../../src/log.ts";
import type { Form, Message, Reply } from "../../src/platform.ts";
import type { Say } from "../common/say.ts";
import { formAgain, notice, withinSize } from "./answer/notices.ts";
import { createResponses, type Responses } from "./answer/responses.ts";
import { firstOf, type Way } from "./answer/ways.ts";
import type { DiscordGuild } from "./guilds.ts";
import type { Act } from "./receive/interactions.ts";
import type { Tell } from "./send.ts";

/** What somebody is told: by the core, or by us with the key of one of our own few sentences. */
export type Answer = Reply | { readonly kind: "notice"; readonly key: string };

/** Who is answered, as far as that is known by now. */
export interface Asker {
  guild: DiscordGuild | undefined;
  /** BCP 47 tag. */
  locale: string | undefined;
}

/** The answer to one interaction: `wait` at most once, then `give` once. */
export interface Answering {
  /** There is no answer yet: shows that it will come. */
  wait(): Promise<void>;
  give(answer: Answer): Promise<void>;
}

export interface AnswerOptions {
  readonly client: Pick<Client, "rest">;
  readonly say: Say;
  readonly log: Log;
  readonly tell: Tell;
}

/** What there is to answer with. */
interface Scene extends AnswerOptions {
  readonly interaction: Act;
  readonly asker: Asker;
  readonly responses: Responses;
  /** Of what was pressed: the message that says "one moment". */
  waiting?: string;
}

export function createAnswering(options: AnswerOptions, interaction: Act, asker: Asker): Answering {
  const guildOf = () => asker.guild?.ref.externalId;
  const responses = createResponses(options.client, interaction, guildOf);
  const scene: Scene = { ...options, interaction, asker, responses };
  let waited: Promise<void> | undefined;
  return {
    wait() {
      waited = wait(scene);
      return waited;
    },
    async give(answer) {
      await waited;
      await (waited === undefined ? giveFirst(scene, answer) : giveLater(scene, answer));
    },
  };
}

/** What was pressed stays as it is, so a message of its own has to say it. */
async function wait(scene: Scene): Promise<void> {
  const { interaction, responses } = scene;
  if (!interaction.onMessage) return show(scene, [responses.think]);
  await show(scene, [responses.keep]);
  const moment = sentence(scene, "discord.moment");
  await show(scene, [
    async () => {
      scene.waiting = await responses.follow(moment);
    },
  ]);
}

async function giveFirst(scene: Scene, answer: Answer): Promise<void> {
  const { interaction, responses } = scene;
  const { replace, edit, follow, keep, open } = responses;
  if (answer.kind === "nothing" && interaction.onMessage) return show(scene, [keep]);
  const message = messageOf(scene, answer);
  const privately = [() => follow(message), ...directly(scene, answer, message)];
  if (answer.kind === "form" && interaction.kind !== "submit") {
    return show(scene, [() => open(answer.form), ...privately]);
  }
  // A message that others see is never replaced by what is for one person.
  if (answer.kind === "update" && interaction.onMessage) {
    const inPlace = [() => replace(message), () => edit(message)];
    return show(scene, [...inPlace, ...directly(scene, answer, message)]);
  }
  return show(scene, [() => responses.show(message), ...privately]);
}

async function giveLater(scene: Scene, answer: Answer): Promise<void> {
  const { interaction, responses, waiting } = scene;
  const { edit, follow, editFollowing, removeFollowing } = responses;
  const message = messageOf(scene, answer);
  const direct = directly(scene, answer, message);
  if (!interaction.onMessage) return show(scene, [() => edit(message), ...direct]);
  const replaces = answer.kind === "update";
  if (replaces) await show(scene, [() => edit(message), ...direct]);
  if (replaces || answer.kind === "nothing") {
    if (waiting !== undefined) await show(scene, [() => removeFollowing(waiting)]);
    return;
  }
  const following = waiting === undefined ? [] : [() => editFollowing(waiting, message)];
  await show(scene, [...following, () => follow(message), ...direct]);
}

/** The last way: the conversation with us. What only says that something failed is not worth it. */
function directly(
  { interaction, asker: { guild }, tell }: Scene,
  answer: Answer,
  message: Message,
): Way[] {
  const worthIt = answer.kind !== "notice" && answer.kind !== "nothing";
  if (guild === undefined || !worthIt) return [];
  return [() => tell(guild, interaction.user.id, message, `r${interaction.id}`)];
}

/** What an answer says; a form that cannot open says how to open it. */
function messageOf(scene: Scene, answer: Answer): Message {
  switch (answer.kind) {
    case "message":
    case "update":
      return withinSize(scene.say, answer.message);
    case "form":
      return again(scene, answer.form);
    case "notice":
      return sentence(scene, answer.key);
    case "nothing":
      return sentence(scene, "discord.done");
  }
}

function sentence({ say, asker }: Scene, key: string): Message {
  return notice(say, asker.locale, key);
}

function again({ say, asker }: Scene, form: Form): Message {
  return formAgain(say, asker.locale, form);
}

function show({ log, interaction }: Scene, ways: readonly Way[]): Promise<void> {
  return firstOf(log, interaction.kind, ways);
}
