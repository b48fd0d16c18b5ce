/** `/aftertalk cases month`: what is open, how fast it went, how it ended, and who recovered. */

import { cardMessage } from "../cases/card.ts";
import { OWN_COPY } from "../cases/card-buttons.ts";
import { summariseCases } from "../cases/insight.ts";
import type { Engine } from "../engine.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { Period } from "../metrics/period.ts";
import type { EventOf, Message, Reply } from "../platform.ts";
import { readCaseFacts, readCasesNow } from "../store/case-figures.ts";
import { listCases } from "../store/case-list.ts";
import { readCase } from "../store/cases.ts";
import type { Connection } from "../store/connections.ts";
import { sameHuman } from "../store/same-human.ts";
import { readSettings } from "../store/settings.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { CASES_PAGE, casesCard } from "./cases-card.ts";
import { type Command, type CommandContext, mayRead, type Reader, readerRoles } from "./command.ts";
import { firstPage, turnTo } from "./period-pages.ts";
import { readerOf, refuse } from "./reader.ts";
import { ofTeam, scopeOf, scopeRefusal } from "./scope.ts";

export const casesCommand: Command = {
  name: "cases",
  roles: readerRoles,
  async run(context, request) {
    return firstPage(casesPage, context, request);
  },
};

/** "Next" or "Previous" was pressed. */
export function turnCases(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  return turnTo(casesPage, engine, connection, event, content);
}

async function casesPage(
  { db, clock, tokens }: CommandContext,
  reader: Reader,
  period: Period,
  page: number,
): Promise<Message> {
  const { workspace, person } = reader;
  const now = clock.now();
  const scope = await scopeOf(db, reader);
  const about = { workspaceId: workspace.id, filter: scope.filter };
  // One more than is shown tells whether there is another page.
  const list = { limit: CASES_PAGE + 1, offset: page * CASES_PAGE, filter: scope.filter };
  const mine = await sameHuman(db, workspace.id, person.id);
  const [present, facts, listed, { hours }] = await Promise.all([
    readCasesNow(db, { ...about, now, mine }),
    readCaseFacts(db, { ...about, period }),
    listCases(db, workspace.id, list),
    readSettings(db, workspace.id),
  ]);
  const figures = summariseCases(facts, { hours, timeZone: workspace.timeZone, now });
  return casesCard(tokens, reader, { period, now, hours, present, figures, listed, page });
}

/** A case of the list is shown to whoever pressed, with its buttons. */
export async function lookAtCase(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  { caseId }: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (!mayRead(reader.person.role)) return refuse(engine, reader, readerRoles);
  const found = caseId && (await readCase(engine.db, connection.workspace.id, caseId));
  if (!found) return lineReply(reader.language, textsFor(reader.language).text("cases.gone"));
  const scope = await scopeOf(engine.db, reader);
  if (!ofTeam(scope, found.team))
    return { kind: "message", message: scopeRefusal(scope, reader.language) };
  const drawing = { db: engine.db, tokens: engine.tokens, now: engine.clock.now() };
  return { kind: "message", message: await cardMessage(drawing, connection, found, OWN_COPY) };
}
