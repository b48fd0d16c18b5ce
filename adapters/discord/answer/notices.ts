/** Our own few sentences as messages. */
import type { Form, Message, Part } from "../../../src/platform.ts";
import type { Say } from "../../common/say.ts";

/** The sentence with this key, in the language of whoever reads it. */
export function notice(say: Say, locale: string | undefined, key: string): Message {
  const text = say(locale, key);
  return { summary: text, parts: [{ kind: "text", text }], locale: locale ?? "en" };
}

/**
 * A form that could not open (Discord takes one only as a first answer, and never after a form): with
 * the button for it, and what is wrong in it.
 */
export function formAgain(say: Say, locale: string | undefined, form: Form): Message {
  const wrong = form.fields.flatMap(({ label, problem }) =>
    problem === undefined ? [] : [[label, problem] as const],
  );
  const noted = form.notice === undefined ? [] : [form.notice];
  const said =
    wrong.length + noted.length === 0
      ? notice(say, locale, "discord.form.again")
      : notice(say, locale, "discord.form.wrong");
  const label = say(locale, "discord.form.open");
  const option = { label, token: form.submit.token, opens: "form" } as const;
  return {
    ...said,
    parts: [
      ...said.parts,
      ...noted.map((text): Part => ({ kind: "text", text })),
      ...(wrong.length === 0 ? [] : [{ kind: "facts", rows: wrong } as const]),
      { kind: "actions", options: [option] },
    ],
  };
}

/** https://docs.discord.com/developers/reference#uploading-files: what every conversation takes. */
const FILE_BYTES = 10 * 1024 * 1024;

/** A file that Discord does not take is a sentence about it. */
export function withinSize(say: Say, message: Message): Message {
  const { locale } = message;
  const isTooBig = (part: Part) => part.kind === "file" && part.file.bytes.length > FILE_BYTES;
  if (!message.parts.some(isTooBig)) return message;
  const said: Part = { kind: "note", text: say(locale, "discord.file.too-big") };
  return { ...message, parts: message.parts.map((part) => (isTooBig(part) ? said : part)) };
}
