/** Buttons of surveys that are of no draft: look, begin, try, go back. */
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message, Reply } from "../../platform.ts";
import type { AdminAction, AdminPress } from "../admin-action.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftContext } from "../draft-kind.ts";
import {
  beginCard,
  beginEdit,
  beginNew,
  copyCard,
  nameForm,
  type Source,
  templateOf,
} from "./begin.ts";
import { draftsCard } from "./drafts-card.ts";
import { goBackCard, goBackChange, historyCard, versionCard } from "./history.ts";
import { listCard, readPage, surveyCard } from "./list.ts";
import { trySaved } from "./try-saved.ts";

const admins = ["admin"] as const;
const readers = ["lead", "admin"] as const;

/** There is no such survey, or version, any more. */
function gone({ reader }: DraftContext): Message {
  return lineMessage(reader.language, textsFor(reader.language).text("survey.gone"));
}

type Look = (context: DraftContext, key: string, n: number) => Promise<Message | undefined>;

/** A button that only shows something of the survey that it names. */
function looks(look: Look, roles: AdminAction["roles"] = readers): AdminAction {
  return {
    roles,
    screen: async (context, { value = "", number = 0 }) =>
      (await look(context, value, number)) ?? gone(context),
  };
}

type Does = (
  context: Parameters<NonNullable<AdminAction["press"]>>[0],
  press: AdminPress,
) => Promise<Reply>;

/** Its second press is answered with the drafts: what it began is one of them. */
function begins(press: Does): AdminAction {
  return { roles: admins, screen: draftsCard, press };
}

/** The form of a new survey, or what was written in it. */
function names(sourceOf: (value: string | undefined) => Source | undefined): AdminAction {
  return begins(async (context, { value, values }) => {
    const source = sourceOf(value);
    if (source === undefined) return { kind: "update", message: gone(context) };
    return values === undefined
      ? { kind: "form", form: await nameForm(context, source) }
      : beginNew(context, source, values);
  });
}

function edits(anew: boolean): AdminAction {
  return begins(async (context, { value = "" }) => {
    const message = await beginEdit(context, value, { anew });
    return { kind: "update", message: message ?? gone(context) };
  });
}

const copyOf = (key: string | undefined): Source | undefined =>
  key ? { kind: "copy", key } : undefined;

const tries: AdminAction = {
  roles: admins,
  screen: async (context, { value = "" }) => (await surveyCard(context, value)) ?? gone(context),
  async press(context, { value = "", number }) {
    const message = await trySaved(context, value, number);
    return { kind: "message", message: message ?? gone(context) };
  },
};

const goesBack: AdminAction = {
  roles: admins,
  screen: async (context, { value = "" }) => (await surveyCard(context, value)) ?? gone(context),
  async press(context, { value = "", number = 0 }) {
    const change = await goBackChange(context, value, number);
    if (change === undefined) return { kind: "update", message: gone(context) };
    const { message } = await applyFromChat(context, [change], { origin: "chat" });
    return { kind: "update", message };
  },
};

/** By the question of their tokens; a number behind it comes with the press. */
export const surveyActions: readonly (readonly [string, AdminAction])[] = [
  [
    "sv-list",
    { roles: readers, screen: (context, { value }) => listCard(context, readPage(value)) },
  ],
  ["sv-open", looks(surveyCard)],
  ["sv-begin", { roles: admins, screen: async (context) => beginCard(context) }],
  ["sv-from", { roles: admins, screen: copyCard }],
  ["sv-new", names(templateOf)],
  ["sv-made", names(templateOf)],
  ["sv-copy", names(copyOf)],
  ["sv-copied", names(copyOf)],
  ["sv-edit", edits(false)],
  ["sv-again", edits(true)],
  ["sv-try", tries],
  ["sv-hist", looks(historyCard)],
  ["sv-v", looks(versionCard)],
  ["sv-back", looks(goBackCard, admins)],
  ["sv-sure", goesBack],
];
