/** `/contacts month by team`: how often customers get in touch for ten thousand orders. */
import { drawBars } from "../../charts/picture.ts";
import { type Language, textsFor } from "../../locales/index.ts";
import { type Arranged, arrange } from "../../metrics/arrange.ts";
import {
  type ContactRate,
  compareRates,
  contactRate,
  PER_ORDERS,
  type RateChange,
} from "../../metrics/contact-rate.ts";
import { filterNames } from "../../metrics/filter.ts";
import { isEarly } from "../../metrics/ladder.ts";
import { type ContactFacts, contactCuts, readContacts } from "../../store/contacts.ts";
import type { ReadContext, Reader } from "../command.ts";
import { periodLabel } from "../view/period.ts";
import type { View } from "../view.ts";
import { contactsCard, rateLine } from "./contacts-card.ts";
import { createOperation } from "./operation.ts";
import { headingOf, partLabel, periodJson, shownParts } from "./words.ts";

/** A part of a cut, held against all orders; the ladder goes by its contacts. */
export interface ContactPart extends ContactRate {
  readonly value: string;
  readonly label: string;
  readonly n: number;
}

export interface LoadedContacts {
  readonly view: View;
  readonly workspace: string;
  readonly facts: ContactFacts;
  readonly whole: ContactRate;
  readonly before: ContactRate | null;
  readonly change: RateChange | null;
  readonly parts: Arranged<ContactPart>;
}

async function load(
  { db, clock }: ReadContext,
  { workspace }: Reader,
  view: View,
): Promise<LoadedContacts> {
  const by = contactCuts.find((cut) => cut === view.by) ?? "channel";
  const about = { workspaceId: workspace.id, now: clock.now(), filter: view.filter, by };
  const facts = await readContacts(db, { ...about, period: view.period });
  const then = view.before && (await readContacts(db, { ...about, period: view.before }));
  const { orders } = facts;
  const parts = facts.rows.map(
    ({ value, label, contacts }): ContactPart => ({
      ...{ value, label, n: contacts },
      ...contactRate({ contacts, orders }),
      early: isEarly(contacts),
    }),
  );
  return {
    ...{ view, workspace: workspace.name, facts },
    whole: contactRate(facts),
    before: then && contactRate(then),
    change: then && compareRates(facts, then),
    parts: arrange(parts, facts.contacts, (a, b) => b.n - a.n),
  };
}

function draw(loaded: LoadedContacts, language: Language) {
  const { whole, parts, view, workspace } = loaded;
  const { first, last, rest } = shownParts(parts);
  const rows = [...first, ...last, ...rest];
  if (whole.rate === null || !whole.shown || rows.length === 0) return undefined;
  const texts = textsFor(language);
  const by = view.by ?? "channel";
  return drawBars({
    title: texts.text("contacts.title"),
    subtitle: [workspace, periodLabel(view.period, language)].join(" · "),
    language,
    unit: "rate",
    bars: rows.map((part) => ({
      label: partLabel(texts, by, part),
      value: part.rate,
      ...{ range: part.range, n: part.n, early: part.early },
    })),
    labels: { noData: texts.text("summary.no-data") },
    alt: [
      headingOf(texts, texts.text("contacts.title"), view),
      rateLine(texts, whole),
      ...rows.map((part) => `${partLabel(texts, by, part)}: ${rateLine(texts, part)}`),
    ].join("\n"),
  });
}

/** An end of a range that is beyond all numbers is null. */
function json({ view, facts, whole, before, change, parts }: LoadedContacts) {
  const { days, daysWithout, contactsWithout, leftOut } = facts;
  return {
    period: periodJson(view.period),
    per: PER_ORDERS,
    ...whole,
    ...{ days, daysWithout, contactsWithout, leftOut },
    previous: view.before && before && { period: periodJson(view.before), ...before },
    change,
    by: view.by ?? "channel",
    parts: [...parts.ranked, ...parts.early].map(({ n: _, ...part }) => part),
    hidden: parts.hidden.map(({ value, label }) => ({ value, label })),
  };
}

export const contacts = createOperation<LoadedContacts>({
  name: "contacts",
  grammar: { cuts: contactCuts, filters: filterNames, versus: true },
  load,
  card: contactsCard,
  draw,
  json,
});
