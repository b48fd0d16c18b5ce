/** What admins do, each as its platform hands it over, and a customer's press beside it. */
import { createCoreServices } from "../../src/core-services.ts";
import type { Form, Message, Reply } from "../../src/platform.ts";
import { tokenOf } from "../../test/support/messenger.ts";
import { robin, type World } from "../../test/support/world.ts";
import { press } from "../summaries/inbox.ts";
import { emailOf } from "./data.ts";
import type { Place } from "./stage.ts";

/** One thing that is done again and again in a workspace. */
export interface Ask {
  readonly name: string;
  /** What has to be open first; gives what does it. */
  prepare(place: Place): Promise<() => Promise<unknown>>;
}

const typed = (command: string, text: string): Ask => ({
  name: `/${command} ${text}`.trim(),
  prepare:
    async ({ world }) =>
    () =>
      world.types(robin, command, text),
});

const chosen = (list: Parameters<typeof suggest>[1], letters: string): Ask => ({
  name: `typing a name: ${list}, “${letters}”`,
  prepare:
    async ({ world }) =>
    () =>
      suggest(world, list, letters),
});

async function suggest(
  { engine, messenger, workspaceId }: World,
  list: "agent" | "account" | "team" | "tag" | "survey-key" | "schedule",
  letters: string,
): Promise<void> {
  const connection = { platform: messenger.name, externalId: `T-${workspaceId}` };
  const core = createCoreServices(engine, messenger.name);
  await core.suggest({ connection, from: robin, list, typed: letters });
}

/** The message of a reply that has one. */
function shown(reply: Reply): Message {
  if (reply.kind === "message" || reply.kind === "update") return reply.message;
  throw new Error(`a ${reply.kind} is no card`);
}

function formOf(reply: Reply): Form {
  if (reply.kind === "form") return reply.form;
  throw new Error(`a ${reply.kind} is no form`);
}

/** A button of the card that a command shows, pressed again and again. */
const pressed = (
  command: string,
  text: string,
  ...labels: readonly [string, ...string[]]
): Ask => ({
  name: `/${command} ${text}: ${labels.join(", ")}`,
  async prepare({ world }) {
    let message = shown(await world.types(robin, command, text));
    for (const label of labels.slice(0, -1))
      message = shown(await world.presses(robin, tokenOf(message, label)));
    const token = tokenOf(message, labels.at(-1) ?? "");
    return () => world.presses(robin, token);
  },
});

/** A form is filled in: what is wrong in it is told, so it stays open. */
const submitted: Ask = {
  name: "a form of a schedule sent with a mistake",
  async prepare({ world }) {
    const card = shown(await world.types(robin, "survey", "schedule add"));
    const when = shown(await world.presses(robin, tokenOf(card, "Fill in a form")));
    const form = formOf(await world.presses(robin, tokenOf(when, "Fixed days and a time")));
    const kept = form.fields.map(({ name, value = "" }) => [name, value]);
    const values = { ...Object.fromEntries(kept), trigger_days: "1", trigger_time: "quarter to" };
    return () => world.presses(robin, form.submit.token, undefined, values);
  },
};

const opened: Ask = {
  name: "a form of a schedule opened",
  async prepare({ world }) {
    const card = shown(await world.types(robin, "survey", "schedule add"));
    const when = shown(await world.presses(robin, tokenOf(card, "Fill in a form")));
    const token = tokenOf(when, "Fixed days and a time");
    return () => world.presses(robin, token);
  },
};

/** Each press is another customer's. */
export const customerPresses: Ask = {
  name: "a customer presses a button",
  prepare:
    async ({ asked }) =>
    async () => {
      const next = asked.pop();
      if (next === undefined) throw new Error("nobody is left to press");
      await press(next);
    },
};

export const quickAsks: readonly Ask[] = [
  typed("survey", "list"),
  typed("survey", "status"),
  typed("survey", `why ${emailOf(1234)}`),
  typed("survey", "why @Person 1234"),
  typed("survey", "why @Nobody"),
  typed("survey", "history relationship-nps"),
  typed("survey", "schedule"),
  typed("survey", "schedule show weekly"),
  typed("survey", "schedule history weekly"),
  typed("survey", "drafts"),
  typed("survey", "pause relationship-nps"),
  typed("survey", "stop"),
  typed("aftertalk", "setup"),
  typed("aftertalk", "settings"),
  typed("aftertalk", "roles"),
  typed("aftertalk", "audit"),
  typed("aftertalk", "audit month"),
  typed("aftertalk", "audit weekly"),
  typed("aftertalk", "audit nothing-of-it"),
  typed("aftertalk", "silent month"),
  typed("aftertalk", "silent 90d"),
  chosen("agent", "per"),
  chosen("account", "comp"),
  chosen("team", "te"),
  chosen("tag", "t"),
  chosen("survey-key", "rel"),
  chosen("schedule", "w"),
  opened,
  submitted,
  pressed("survey", "edit relationship-nps", "Languages"),
  pressed("survey", "edit chat-csat", "Preview"),
  pressed("aftertalk", "setup", "Loyalty"),
  customerPresses,
];

const sentence = (text: string): Ask => ({
  name: `/survey schedule ${text}`,
  prepare:
    async ({ world }) =>
    () =>
      world.types(robin, "survey", `schedule ${text}`),
});

/** What looks 30 days ahead. */
export const lookAheads: readonly Ask[] = [
  sentence("nps every Monday at 9:00"),
  sentence("nps 30 days after joining then every 90 days"),
  typed("survey", "schedule preview relationship"),
  typed("survey", "schedule preview weekly"),
  {
    name: "the proposal of /aftertalk setup, all schedules",
    async prepare({ world }) {
      const setup = async () => shown(await world.types(robin, "aftertalk", "setup"));
      // What was chosen before is not gone on with.
      await world.presses(robin, tokenOf(await setup(), "Cancel setup"));
      let message = await setup();
      for (const label of ["Loyalty", "They can choose among many", "Next", "Next", "Next"])
        message = shown(await world.presses(robin, tokenOf(message, label)));
      const token = tokenOf(message, "Next");
      return () => world.presses(robin, token);
    },
  },
];
