/** The pages of everybody else: a customer's own answers and wishes, and a line for the team. */
import { type TextKey, textsFor } from "../locales/index.ts";
import { ownQuoteParts } from "../people/own-quotes.ts";
import { rightsActions } from "../people/rights.ts";
import type { Message, Option, Part } from "../platform.ts";
import { type Asked, readOwnAsked } from "../store/asked.ts";
import type { Invitation } from "../store/invitations.ts";
import { namesInRoles, readPerson } from "../store/people.ts";
import type { WhoReads } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import { readWhispered } from "../store/talks.ts";
import { sayMessage } from "../surveys/messages.ts";
import type { Talk } from "../surveys/talk.ts";
import { NO_INVITATION, type Tokens } from "../surveys/tokens.ts";
import { scoresOf } from "./chat-scores.ts";
import {
  type CommandContext,
  figureRoles,
  type ReadContext,
  type Reader,
  readerRoles,
} from "./command.ts";
import { shortened } from "./comment-quote.ts";
import { sayMoment } from "./moment.ts";

const SHOWN_MS = 90 * 24 * 60 * 60 * 1000;

/** What a customer may decide on their page about being asked. */
export const consentWishes = ["pause", "never", "resume"] as const;
type ConsentWish = (typeof consentWishes)[number];

/** A customer's page: what is open, what they answered, and whether they want to be asked. */
export async function ownHome(context: CommandContext, reader: Reader): Promise<Message> {
  const { db, clock, tokens } = context;
  const { workspace, person, language } = reader;
  const texts = textsFor(language);
  const now = clock.now();
  const since = new Date(now.getTime() - SHOWN_MS);
  const [{ promise }, asked, kept] = await Promise.all([
    readSettings(db, workspace.id),
    readOwnAsked(db, workspace.id, person.id, since),
    readPerson(db, workspace.id, person.id),
  ]);
  const title = texts.text("home.own.title");
  const pausedUntil = kept?.consent === "paused" ? (kept.pausedUntil ?? 0) : 0;
  const paused = pausedUntil > now.getTime();
  const state = kept?.consent === "never" ? "never" : paused ? "paused" : "open";
  const day = sayMoment(new Date(pausedUntil), "day", language, workspace.timeZone);
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      { kind: "text", text: texts.text(introKey(promise), { company: workspace.name }) },
      ...(state === "open"
        ? []
        : [{ kind: "text", text: texts.text(`home.own.${state}`, { day }) } as const]),
      ...openParts(asked, reader, now),
      ...questionParts(await readWhispered(db, workspace.id, person.id, now), reader, tokens),
      ...answerParts(asked, reader),
      ...(await ownQuoteParts(context, reader)),
      { kind: "actions", options: wishButtons(tokens, reader, state) },
      { kind: "note", text: texts.text("rights.own.note") },
      rightsActions(tokens, reader),
    ],
    locale: language,
  };
}

function introKey(promise: WhoReads): TextKey {
  return promise === "named" ? "home.own.intro" : "home.own.intro.totals";
}

/** The question that waits for an answer: it is answered where it was asked. */
function openParts(asked: readonly Asked[], reader: Reader, now: Date): Part[] {
  const open = asked.find(
    ({ state, expiresAt }) => state === "asked" && (expiresAt === null || expiresAt > now),
  );
  if (open === undefined || open.askedAt === null) return [];
  const texts = textsFor(reader.language);
  const { language, workspace } = reader;
  const when = sayMoment(open.askedAt, "moment", language, workspace.timeZone);
  const label = texts.text("summary.comment.open");
  return [
    { kind: "text", text: texts.text("home.own.open", { when }) },
    ...(open.chatUrl === null
      ? []
      : [{ kind: "link", link: { label, url: open.chatUrl } } as const]),
  ];
}

/** A whisper may be lost, so what it asked can be answered here too. */
function questionParts(
  whispered: Invitation | undefined,
  { workspace, language }: Reader,
  tokens: Tokens,
): readonly Part[] {
  const { survey, conversation, address } = whispered ?? {};
  if (whispered === undefined || survey === undefined || conversation === undefined) return [];
  const question = survey.definition.questions[conversation.step];
  if (question === undefined || conversation.ended !== null || !address) return [];
  const talk: Talk = {
    survey: survey.definition,
    language,
    company: workspace.name,
    workspaceId: workspace.id,
    invitationId: whispered.id,
    tokens,
    promise: whispered.promise,
    place: address,
  };
  const says = [{ kind: "question", question: question.key }] as const;
  return sayMessage(talk, conversation, says)?.parts ?? [];
}

function answerParts(asked: readonly Asked[], reader: Reader): Part[] {
  const texts = textsFor(reader.language);
  const answered = asked.filter(({ answers }) => answers.length > 0);
  if (answered.length === 0) return [{ kind: "note", text: texts.text("home.own.none") }];
  return [
    { kind: "text", text: texts.text("home.own.answers") },
    ...answered.flatMap((each) => ownAnswer(each, reader)),
  ];
}

/** "9/10 (NPS) · #help · Nov 16, 2026", below the person's own words if there are any. */
function ownAnswer(asked: Asked, { language, workspace }: Reader): Part[] {
  const texts = textsFor(language);
  const at = asked.answeredAt ?? asked.askedAt;
  const by = [
    ...scoresOf(asked, texts),
    ...(asked.channel === null ? [] : [asked.channel]),
    ...(at === null ? [] : [sayMoment(at, "day", language, workspace.timeZone)]),
  ].join(" · ");
  const words = asked.answers.flatMap(({ text }) => (text === null ? [] : [shortened(text)]));
  if (words.length === 0) return [{ kind: "text", text: by }];
  const label = texts.text("summary.comment.open");
  return words.map((text): Part => {
    const link = asked.chatUrl === null ? {} : { link: { label, url: asked.chatUrl } };
    return { kind: "quote", text, by, ...link };
  });
}

function wishButtons(
  tokens: Tokens,
  { workspace, language }: Reader,
  state: "open" | "paused" | "never",
): Option[] {
  const texts = textsFor(language);
  const labels = {
    pause: texts.text("ask.menu.pause"),
    never: texts.text("ask.menu.stop"),
    resume: texts.text("home.own.resume"),
  };
  const offered: Record<typeof state, readonly ConsentWish[]> = {
    open: ["pause", "never"],
    paused: ["resume", "never"],
    never: ["resume"],
  };
  return offered[state].map((value) => {
    const content = { workspaceId: workspace.id, invitationId: NO_INVITATION, value };
    return { label: labels[value], token: tokens.sign({ ...content, verb: "consent" }) };
  });
}

/** A page for agents and viewers: what happens after a chat, and who reads the answers. */
export async function teamHome(
  { db, tokens }: ReadContext & Pick<CommandContext, "tokens">,
  reader: Reader,
): Promise<Message> {
  const texts = textsFor(reader.language);
  const leads = (await namesInRoles(db, reader.workspace.id, readerRoles)).join(", ");
  const { promise } = await readSettings(db, reader.workspace.id);
  const who = promise === "named" ? "home.team.leads" : "home.team.leads.totals";
  const intro = texts.text("home.team.intro");
  return {
    summary: intro,
    parts: [
      { kind: "text", text: intro },
      ...(leads === "" ? [] : [{ kind: "text", text: texts.text(who, { leads }) } as const]),
      {
        kind: "facts",
        rows: [
          ...ownFigures(reader),
          ["/aftertalk help", texts.text("home.team.help")],
          ["/aftertalk home", texts.text("home.team.page")],
        ],
      },
      { kind: "note", text: texts.text("rights.own.note") },
      rightsActions(tokens, reader),
    ],
    locale: reader.language,
  };
}

/** What agents can ask about the chats that they handled, and viewers about all of them. */
function ownFigures({ person, language }: Reader): (readonly [string, string])[] {
  if (!figureRoles.some((role) => role === person.role)) return [];
  const texts = textsFor(language);
  const whose = person.role === "viewer" ? "viewer" : "team";
  return [
    ["/nps week", texts.text(`home.${whose}.score`)],
    ["/frt month", texts.text(`home.${whose}.first-reply`)],
    ["/cx month", texts.text("help.cx")],
  ];
}
