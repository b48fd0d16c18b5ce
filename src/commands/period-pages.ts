/** Lists of a period, page by page: the first one is typed, the others are turned to by a button. */
import type { Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Period } from "../metrics/period.ts";
import { readPeriodKey } from "../metrics/period-key.ts";
import { parsePeriod } from "../metrics/period-text.ts";
import type { EventOf, Message, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import {
  type CommandContext,
  type CommandRequest,
  mayRead,
  type Reader,
  readerRoles,
} from "./command.ts";
import { pageIn } from "./pages.ts";
import { readerOf, refuse } from "./reader.ts";
import { periodRefusal } from "./view/period.ts";

/** Draws one page of a list, from 0. */
export type DrawPage = (
  context: CommandContext,
  reader: Reader,
  period: Period,
  page: number,
) => Promise<Message>;

/** The first page of the period that was typed, or what is wrong with it. */
export async function firstPage(
  draw: DrawPage,
  context: CommandContext,
  request: CommandRequest,
): Promise<Reply> {
  const { workspace, language, text } = request;
  const when = { now: context.clock.now(), timeZone: workspace.timeZone };
  const parsed = parsePeriod(text, when);
  const message = parsed.ok
    ? await draw(context, request, parsed.period, 0)
    : periodRefusal(parsed, { language, ...when });
  return { kind: "message", message };
}

/** "Next" or "Previous" was pressed: another page takes the place of this one. */
export async function turnTo(
  draw: DrawPage,
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const { workspace, language } = reader;
  const when = { now: engine.clock.now(), timeZone: workspace.timeZone };
  const period = readPeriodKey(content.value ?? "", when);
  const page = pageIn(content.question);
  if (period === undefined || page === undefined)
    return lineReply(language, textsFor(language).text("talk.notice.closed"));
  return { kind: "update", message: await draw(engine, reader, period, page) };
}
