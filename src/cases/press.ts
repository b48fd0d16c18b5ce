/** Pressed on the card of a case, or sent with one of its forms. */
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import { textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import { unsureReply } from "../people/unsure.ts";
import type { EventOf, Reply } from "../platform.ts";
import { humanOf } from "../store/case-people.ts";
import { type Case, lockCase } from "../store/cases.ts";
import type { Connection } from "../store/connections.ts";
import type { Person } from "../store/people.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import { pressAnswer, pressShow } from "./press-answer.ts";
import { pressClose, pressClosed } from "./press-close.ts";
import { pressCard, pressClaim, pressEscalate, pressReopen } from "./press-lead.ts";
import { pressReply, pressReplySent } from "./press-reply.ts";
import { pressSnooze, pressSnoozed } from "./press-snooze.ts";

/** A press with everything that it is decided by. */
export interface Press {
  readonly engine: Engine;
  readonly work: Work;
  readonly connection: Connection;
  readonly workspaceId: number;
  readonly person: Person;
  /** Locked; its person was not forgotten. */
  readonly c: Case;
  /** What a form holds; `undefined` for a button. */
  readonly values: Readonly<Record<string, string>> | undefined;
  /** Which reply; or that it was pressed on a copy of the card. */
  readonly mark: string | undefined;
}

type Handler = (press: Press) => Promise<Reply>;

/** For leads and admins: whoever is one at this moment. */
const forTheTeam: Readonly<Record<string, Handler>> = {
  claim: (press) => pressClaim(press, false),
  take: (press) => pressClaim(press, true),
  reply: pressReply,
  "reply-sent": pressReplySent,
  snooze: pressSnooze,
  "snooze-sent": pressSnoozed,
  escalate: pressEscalate,
  close: pressClose,
  "close-sent": pressClosed,
  reopen: pressReopen,
  card: pressCard,
};

/** For the customer whose case it is. */
const forTheCustomer: Readonly<Record<string, Handler>> = {
  show: pressShow,
  answer: pressAnswer,
  "answer-sent": pressAnswer,
};

/** Who may, and what it does; a form comes back as `event.values`. */
export async function pressCase(
  engine: Engine,
  work: Work,
  connection: Connection,
  about: {
    readonly person: Person;
    readonly caseId: string;
    readonly content: TokenContent;
    readonly event: EventOf<"action">;
  },
): Promise<Reply> {
  const { person, caseId, content, event } = about;
  const workspaceId = connection.workspace.id;
  const language = languageOf(connection, person);
  const notice = (key: "gone" | "not-yours" | "only-leads") =>
    lineReply(language, textsFor(language).text(`case.notice.${key}`));
  const { value = "", question: mark } = content;
  const team = Object.hasOwn(forTheTeam, value) ? forTheTeam[value] : undefined;
  if (team !== undefined && !mayWorkOnCases(person))
    return event.from.roleUnsure === true
      ? unsureReply(language, event.values)
      : notice("only-leads");
  const customer = Object.hasOwn(forTheCustomer, value) ? forTheCustomer[value] : undefined;
  const handler = team ?? customer;
  const c = await lockCase(work.transaction, workspaceId, caseId);
  if (handler === undefined || c === undefined || c.humanId === null) return notice("gone");
  if (customer !== undefined) {
    const human = await humanOf(work.transaction, workspaceId, person.id);
    if (human !== c.humanId) return notice("not-yours");
  }
  const { values } = event;
  return handler({ engine, work, connection, workspaceId, person, c, values, mark });
}

/** Leads and admins; agents see neither scores nor cases. */
function mayWorkOnCases({ role, bot }: Pick<Person, "role" | "bot">): boolean {
  return !bot && (role === "lead" || role === "admin");
}
