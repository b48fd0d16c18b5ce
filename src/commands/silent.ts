/** `/aftertalk silent month`: who stopped answering, never answered or went quiet, with last contact. */
import { rankOf, type Silence, silenceOf } from "../cases/silence.ts";
import type { Engine } from "../engine.ts";
import { type Texts, textsFor } from "../locales/index.ts";
import type { Period } from "../metrics/period.ts";
import { periodKey } from "../metrics/period-key.ts";
import { roundHalfAway } from "../metrics/round.ts";
import type { EventOf, Message, Option, Part, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { type MaybeSilent, readMaybeSilent } from "../store/silent.ts";
import { type SilentContact, silentContacts } from "../store/silent-contact.ts";
import { NO_INVITATION, type TokenContent, type Tokens } from "../surveys/tokens.ts";
import { cleanText } from "../surveys/words.ts";
import { type Command, type CommandContext, type Reader, readerRoles } from "./command.ts";
import { sayMoment } from "./moment.ts";
import { pageButtons } from "./pages.ts";
import { firstPage, turnTo } from "./period-pages.ts";
import { scopeOf, scopeRefusal } from "./scope.ts";
import { periodLabel } from "./view/period.ts";

const PAGE = 8;

/** No button of any platform takes more of a name. */
const LONGEST_NAME = 30;

/** Somebody silent, with the reasons. */
interface Silent extends MaybeSilent {
  readonly kind: "account" | "person";
  readonly reasons: readonly Silence[];
}

export const silentCommand: Command = {
  name: "silent",
  roles: readerRoles,
  async run(context, request) {
    return firstPage(silentPage, context, request);
  },
};

/** "Next" or "Previous" was pressed. */
export function turnSilent(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  return turnTo(silentPage, engine, connection, event, content);
}

async function silentPage(
  context: CommandContext,
  reader: Reader,
  period: Period,
  page: number,
): Promise<Message> {
  const { language } = reader;
  // Silence is a customer's and no team's: who sees a part of them would see the others' names.
  const scope = await scopeOf(context.db, reader);
  if (scope.sees !== "everything") return scopeRefusal(scope, language);
  const texts = textsFor(language);
  const all = await readSilent(context, reader.workspace.id, period);
  const shown = all.slice(page * PAGE, (page + 1) * PAGE);
  const ids = shown.map(({ id }) => id);
  const contacts = await silentContacts(context.db, reader.workspace.id, ids);
  const title = `${texts.text("silent.title")} · ${periodLabel(period, language)}`;
  const paging = {
    verb: "silent",
    page,
    more: all.length > (page + 1) * PAGE,
    value: periodKey(period),
  } as const;
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(shown.length === 0
        ? [{ kind: "text", text: texts.text("silent.none") } as const]
        : listParts(context.tokens, reader, { all, shown, contacts, page })),
      ...pageButtons(context.tokens, reader, paging),
    ],
    locale: language,
  };
}

/** Accounts as a whole first; whoever is one of a silent account is not listed once more. */
async function readSilent(
  { patiently, clock }: CommandContext,
  workspaceId: number,
  period: Period,
): Promise<Silent[]> {
  const now = clock.now();
  const about = { workspaceId, period, now };
  const { accounts, people } = await patiently((db) => readMaybeSilent(db, about));
  const judged = (kind: Silent["kind"], found: readonly MaybeSilent[]) =>
    found
      .map((each): Silent => ({ ...each, kind, reasons: silenceOf(each, period, now) }))
      .filter(({ reasons }) => reasons.length > 0)
      .sort((a, b) => rankOf(a.reasons) - rankOf(b.reasons) || Number(b.buyer) - Number(a.buyer));
  const whole = judged("account", accounts);
  const silent = new Set(whole.map(({ id }) => id));
  const single = judged("person", people).filter(
    ({ accountId }) => accountId === null || !silent.has(accountId),
  );
  return [...whole, ...single];
}

function listParts(
  tokens: Tokens,
  reader: Reader,
  {
    all,
    shown,
    contacts,
    page,
  }: {
    readonly all: readonly Silent[];
    readonly shown: readonly Silent[];
    readonly contacts: ReadonlyMap<string, SilentContact>;
    readonly page: number;
  },
): Part[] {
  const texts = textsFor(reader.language);
  const accounts = all.filter(({ kind }) => kind === "account").length;
  const from = page * PAGE + 1;
  const range = { from, to: from + shown.length - 1, accounts, people: all.length - accounts };
  const contact = (each: Silent) => contacts.get(each.id) ?? nobody;
  const options = shown.flatMap((each) => openButton(tokens, reader, contact(each)));
  return [
    { kind: "note", text: texts.text("silent.count", range) },
    { kind: "facts", rows: shown.map((each) => rowOf(each, contact(each), reader)) },
    ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
  ];
}

const nobody: SilentContact = { person: null, openCase: null };

function rowOf(
  silent: Silent,
  { openCase }: SilentContact,
  { language, workspace }: Reader,
): readonly [string, string] {
  const texts = textsFor(language);
  const { kind, name, account, people, reasons, lastActive } = silent;
  const who =
    kind === "account"
      ? texts.text("silent.account", { account: name, n: people })
      : [name, ...(account === null ? [] : [account])].join(" · ");
  const last =
    lastActive === null
      ? texts.text("silent.last.none")
      : texts.text("silent.last", {
          day: sayMoment(lastActive, "day", language, workspace.timeZone),
        });
  const known = openCase === null ? [] : [texts.text("silent.has-case", { number: openCase })];
  return [who, [...reasons.map((reason) => reasonText(texts, reason)), last, ...known].join(" · ")];
}

function reasonText(texts: Texts, reason: Silence): string {
  switch (reason.kind) {
    case "stopped":
      return texts.text("silent.stopped", { n: reason.unanswered, before: reason.before });
    case "never":
      return texts.text("silent.never", { n: reason.asked });
    case "quiet":
      return reason.usual === null
        ? texts.text("silent.quiet.new", { n: reason.days })
        : texts.text("silent.quiet", { n: reason.days, usual: roundHalfAway(reason.usual, 0) });
  }
}

/** Nothing where there is a case already, or nobody to write to. */
function openButton(
  tokens: Tokens,
  { workspace, language }: Reader,
  { person, openCase }: SilentContact,
): Option[] {
  if (person === null || openCase !== null) return [];
  const name = cleanText(person.name, LONGEST_NAME);
  const about = { workspaceId: workspace.id, invitationId: NO_INVITATION, personId: person.id };
  const token = tokens.sign({ ...about, verb: "open-case" });
  return [{ label: textsFor(language).text("silent.open", { name }), token }];
}
