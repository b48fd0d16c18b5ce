/** The card of contact rates. */
import { type Language, type Texts, textsFor } from "../../locales/index.ts";
import type { ContactRate } from "../../metrics/contact-rate.ts";
import { COMPARED_FROM, SHOWN_FROM } from "../../metrics/ladder.ts";
import { roundHalfAway } from "../../metrics/round.ts";
import type { Message, Part } from "../../platform.ts";
import type { CardPicture } from "../summary/card.ts";
import { versusLabel } from "../view/period.ts";
import type { LoadedContacts } from "./contacts.ts";
import {
  count,
  cutParts,
  facts,
  headingOf,
  note,
  pictureParts,
  sayP,
  text,
  withRange,
} from "./words.ts";

export function contactsCard(
  loaded: LoadedContacts,
  language: Language,
  picture: CardPicture,
): Message {
  const texts = textsFor(language);
  const { view, whole, parts } = loaded;
  // Without orders there is no rate that they could be in, and they are said all the same.
  const contacts = whole.rate === null ? loaded.facts.contactsWithout : whole.contacts;
  const heading = headingOf(texts, texts.text("contacts.title"), view);
  const line = rateLine(texts, whole);
  return {
    summary: `${heading}: ${line}`,
    parts: [
      { kind: "heading", text: heading },
      text(line),
      ...(whole.shown && whole.early
        ? [note(texts.text("contacts.early", { needed: COMPARED_FROM }))]
        : []),
      ...missingDays(texts, loaded),
      ...changeParts(texts, loaded),
      ...pictureParts(texts, picture),
      ...facts(
        [texts.text("contacts.contacts"), count(texts, contacts)],
        [texts.text("contacts.orders"), count(texts, whole.orders)],
      ),
      ...(whole.rate === null || parts.ranked.length + parts.early.length === 0
        ? []
        : [
            {
              kind: "heading",
              text: texts.text("operation.by", { by: view.by ?? "channel" }),
            } as const,
            ...cutParts(
              texts,
              view.by ?? "channel",
              parts,
              (part) => `${rateLine(texts, part)} · n ${count(texts, part.n)}`,
            ),
          ]),
      ...leftOutParts(texts, loaded),
      note(texts.text("contacts.note")),
    ],
    locale: language,
  };
}

/** "71 per ten thousand orders (95 % range 50 to 98)". */
export function rateLine(texts: Texts, { rate, range, shown, orders }: ContactRate): string {
  if (rate === null || range === null) return texts.text("contacts.no-orders");
  if (!shown) return texts.text("contacts.too-few", { n: orders, needed: SHOWN_FROM });
  const say = (value: number) => count(texts, roundHalfAway(value, 0));
  return withRange(
    texts,
    texts.text("contacts.rate", { rate: say(rate) }),
    say(range[0]),
    say(range[1]),
  );
}

/** A day without a number is no day without orders. */
function missingDays(texts: Texts, { facts: read }: LoadedContacts): Part[] {
  const { days, daysWithout, contactsWithout } = read;
  if (daysWithout === 0) return [];
  return [
    note(texts.text("contacts.days", { days, without: daysWithout, contacts: contactsWithout })),
  ];
}

function changeParts(texts: Texts, { view, whole, before, change }: LoadedContacts): Part[] {
  if (before === null || !whole.shown) return [];
  const against = versusLabel(view, texts.language);
  const rate = rateLine(texts, before);
  const then = texts.text("summary.before.beside", { before: against, line: rate });
  if (change === null) return [note(then)];
  if (change.verdict === "too-few") {
    const few = { needed: COMPARED_FROM, n: whole.orders, nBefore: before.orders };
    return [note(`${then} · ${texts.text("operation.compare.few", few)}`)];
  }
  const said = texts.text("contacts.change", {
    verdict: change.verdict,
    before: against,
    difference: change.difference === null ? "–" : percentMore(texts, change.difference),
    low: percentMore(texts, change.range[0]),
    high: percentMore(texts, change.range[1]),
    p: sayP(texts, change.p),
  });
  return [text(said), note(then)];
}

/** "+23%"; "∞" where the other rate may be nothing. */
function percentMore(texts: Texts, value: number): string {
  if (!Number.isFinite(value)) return "∞";
  const format = new Intl.NumberFormat(texts.language, {
    ...{ style: "unit", unit: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" },
  });
  return format.format(roundHalfAway(value, 0)).replace("-", "−");
}

function leftOutParts(texts: Texts, { facts: { leftOut } }: LoadedContacts): Part[] {
  const { spam, bot, outbound } = leftOut;
  return spam + bot + outbound === 0
    ? []
    : [note(texts.text("contacts.left-out", { spam, bot, outbound }))];
}
