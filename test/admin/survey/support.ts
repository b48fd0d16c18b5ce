/** An admin at work with a survey: cards are read, buttons pressed, forms filled in. */
import type { Form, Message, PlatformUser, Reply } from "../../../src/platform.ts";
import { tokenOf, wordsOf } from "../../support/messenger.ts";
import type { World } from "../../support/world.ts";

export interface Admin {
  /** What is on the screen. */
  shows(): Message;
  words(): string;
  form(): Form;
  isForm(): boolean;
  buttons(): readonly string[];
  /** Looks at an earlier card again. */
  goes(to: Message): void;
  types(command: string): Promise<void>;
  presses(label: string): Promise<void>;
  /** Sends the form that is open, with these values in the place of what stood there. */
  sends(values: Readonly<Record<string, string>>): Promise<void>;
}

export function adminOf(world: World, user: PlatformUser): Admin {
  let reply: Reply = { kind: "nothing" };
  let message: Message = { summary: "", parts: [], locale: "en" };
  const take = (next: Reply) => {
    reply = next;
    if (next.kind === "message" || next.kind === "update") message = next.message;
  };
  const form = () => {
    if (reply.kind !== "form") throw new Error(`no form is open: ${wordsOf(message)}`);
    return reply.form;
  };
  return {
    shows: () => message,
    words: () => wordsOf(message),
    form,
    isForm: () => reply.kind === "form",
    buttons: () =>
      message.parts.flatMap((part) =>
        "options" in part ? part.options.map(({ label }) => label) : [],
      ),
    goes(to) {
      message = to;
    },
    async types(command) {
      const [name = "", ...rest] = command.replace("/", "").split(" ");
      take(await world.types(user, name, rest.join(" ")));
    },
    async presses(label) {
      take(await world.presses(user, tokenOf(message, label)));
    },
    async sends(values) {
      const { submit, fields } = form();
      const was = Object.fromEntries(fields.map(({ name, value = "" }) => [name, value]));
      take(await world.presses(user, submit.token, undefined, { ...was, ...values }));
    },
  };
}
