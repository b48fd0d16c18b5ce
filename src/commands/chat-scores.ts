/** "Show scores for this chat": what its customer answered, or why there is no answer. */
import type { Engine } from "../engine.ts";
import { isTextKey, type Texts, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { metrics } from "../metrics/registry.ts";
import type { EventOf, Part, Reply } from "../platform.ts";
import { MIN_CHARACTERS, MIN_MESSAGES } from "../scheduling/gates/gates.ts";
import { type Asked, readChatAsked } from "../store/asked.ts";
import type { Connection } from "../store/connections.ts";
import { closingsHandled } from "../store/handlers.ts";
import { sayWhen } from "../surveys/when.ts";
import { mayRead, type Reader, readerRoles } from "./command.ts";
import { shortened } from "./comment-quote.ts";
import { sayMoment } from "./moment.ts";
import { readerOf, refuse } from "./reader.ts";
import { ofTeam, scopeOf, scopeRefusal } from "./scope.ts";
import { namedAnswer } from "./summary/figures.ts";

/**
 * For leads and admins; for agents who handled the chat, where the workspace lets them see single scores.
 * Others are told whom to ask.
 */
export async function showChatScores(
  engine: Engine,
  connection: Connection,
  event: EventOf<"chat-command">,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  const { workspace, language } = reader;
  const { externalId } = event.chat;
  const scope = await scopeOf(engine.db, reader);
  const own = scope.sees === "own" && scope.singleAnswers ? scope.filter.agent?.values : undefined;
  const where = { connectionId: connection.id, externalId };
  const handled = own && (await closingsHandled(engine.db, workspace.id, where, own));
  if (!mayRead(reader.person.role) && (handled ?? []).length === 0)
    return refuse(engine, reader, readerRoles);
  const texts = textsFor(language);
  const chat = await readChatAsked(engine.db, workspace.id, connection.id, externalId);
  if (chat === undefined) return lineReply(language, texts.text("scores.unknown"));
  if (!ofTeam(scope, chat.team)) return { kind: "message", message: scopeRefusal(scope, language) };
  // The answer about a closing is of those who handled it, and of nobody who came later or left before.
  const seen = chat.asked.filter(({ closing }) => handled?.includes(closing ?? 0) ?? true);
  if (seen.length === 0) {
    return lineReply(
      language,
      texts.text(chat.state === "open" ? "scores.still-open" : "scores.nobody"),
    );
  }
  const now = engine.clock.now();
  const title = texts.text("scores.title", { channel: chat.channel ?? "" });
  const parts = seen.flatMap((asked) => askedParts(asked, reader, now));
  const [first] = parts;
  return {
    kind: "message",
    message: {
      summary: first?.kind === "text" ? first.text : title,
      parts: [{ kind: "heading", text: title }, ...parts],
      locale: language,
    },
  };
}

function askedParts(asked: Asked, reader: Reader, now: Date): Part[] {
  if (asked.promise === "totals" && asked.askedAt !== null)
    return [{ kind: "text", text: seenInTotals(asked, asked.askedAt, reader) }];
  if (asked.answers.length === 0)
    return [{ kind: "text", text: withoutAnswer(asked, reader, now) }];
  const texts = textsFor(reader.language);
  const person = asked.person ?? texts.text("scores.somebody");
  const at = asked.answeredAt ?? asked.askedAt;
  const when = at === null ? "" : sayMoment(at, "moment", ...placeOf(reader));
  const handlers = asked.handlers.join(", ");
  return [
    ...scoresOf(asked, texts).map((answer): Part => {
      return { kind: "text", text: texts.text("scores.answered", { person, answer, when }) };
    }),
    ...asked.answers.flatMap(({ text }): Part[] =>
      text === null ? [] : [{ kind: "quote", text: shortened(text), by: person }],
    ),
    ...(handlers === ""
      ? []
      : [{ kind: "facts", rows: [[texts.text("alert.agents"), handlers]] } as const]),
  ];
}

/** Neither what was answered nor whether: a single person is not looked at. */
function seenInTotals(asked: Asked, askedAt: Date, reader: Reader): string {
  const texts = textsFor(reader.language);
  const person = asked.person ?? texts.text("scores.somebody");
  const when = sayMoment(askedAt, "moment", ...placeOf(reader));
  return texts.text("scores.totals", { person, when });
}

/** "9/10 (NPS)" for each score that was given. */
export function scoresOf({ answers }: Pick<Asked, "answers">, texts: Texts): string[] {
  return answers.flatMap(({ metric, score }) => {
    if (metric === null || score === null) return [];
    return [namedAnswer(texts, metrics[metric], score)];
  });
}

function withoutAnswer(asked: Asked, reader: Reader, now: Date): string {
  const texts = textsFor(reader.language);
  const person = asked.person ?? texts.text("scores.somebody");
  const reason = reasonOf(asked, texts);
  const { askedAt, dueAt } = asked;
  switch (asked.state) {
    case "planned": {
      if (dueAt === null) return texts.text("plan.will-ask-contact", { person });
      const when = sayWhen(dueAt, now, ...placeOf(reader));
      return reason === undefined
        ? texts.text("plan.will-ask", { person, when })
        : texts.text("plan.will-ask-deferred", { person, when, reason });
    }
    case "asked":
    case "answered":
    case "expired":
    case "declined": {
      // Nobody was reached as long as it made sense: it was never asked.
      if (askedAt === null && reason !== undefined)
        return texts.text("plan.will-not-ask", { person, reason });
      const state = asked.state === "answered" ? "asked" : asked.state;
      const when = askedAt === null ? "" : sayMoment(askedAt, "moment", ...placeOf(reader));
      return texts.text(`scores.${state}`, { person, when });
    }
    case "undeliverable":
      return texts.text("scores.undeliverable", { person });
    case "suppressed":
    case "cancelled":
      return reason === undefined
        ? texts.text("scores.not-asked", { person })
        : texts.text("plan.will-not-ask", { person, reason });
  }
}

/** Why it waits or was left, when a gate decided so. */
function reasonOf({ stateReason }: Asked, texts: Texts): string | undefined {
  const key = `gate.reason.${stateReason}`;
  if (!isTextKey(key)) return undefined;
  return texts.text(key, { messages: MIN_MESSAGES, characters: MIN_CHARACTERS });
}

function placeOf({ language, workspace }: Reader) {
  return [language, workspace.timeZone] as const;
}
