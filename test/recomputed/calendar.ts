/** Days of a time zone by asking Intl what the clocks show, and looking for when they change. */

/** `YYYY-MM-DD` on the clocks of a zone. */
function dayAt(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(instant);
}

/** The first instant of a day: the moment at which the clocks stop showing an earlier one. */
function startOf(day: string, timeZone: string): Date {
  const noon = new Date(`${day}T12:00:00Z`).getTime();
  let before = noon - 48 * 3_600_000;
  let from = noon + 24 * 3_600_000;
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dayAt(new Date(middle), timeZone) < day) before = middle;
    else from = middle;
  }
  return new Date(from);
}

/** Another day, so many days later. */
function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day of another month; only for first days. */
function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 10);
}

/** The Monday of the week of a day. */
function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

export interface Span {
  /** As it is typed. */
  readonly typed: string;
  readonly start: Date;
  readonly end: Date;
}

/** What is typed for a period, with it and the one before it. */
export function spansAt(now: Date, timeZone: string): { now: Span; before: Span | null }[] {
  const today = dayAt(now, timeZone);
  const first = (day: string) => startOf(day, timeZone);
  const span = (typed: string, from: string, to: string): Span => {
    return { typed, start: first(from), end: first(to) };
  };
  const monday = mondayOf(today);
  const month = `${today.slice(0, 7)}-01`;
  const quarter = `${today.slice(0, 5)}${["01", "04", "07", "10"][Math.floor((Number(today.slice(5, 7)) - 1) / 3)]}-01`;
  const year = `${today.slice(0, 4)}-01-01`;
  const rolling = (days: number) => ({
    now: { typed: `${days}d`, start: first(addDays(today, 1 - days)), end: now },
    before: span("", addDays(today, 1 - 2 * days), addDays(today, 1 - days)),
  });
  return [
    {
      now: span("week", monday, addDays(monday, 7)),
      before: span("", addDays(monday, -7), monday),
    },
    {
      now: span("last week", addDays(monday, -7), monday),
      before: span("", addDays(monday, -14), addDays(monday, -7)),
    },
    {
      now: span("month", month, addMonths(month, 1)),
      before: span("", addMonths(month, -1), month),
    },
    {
      now: span("last month", addMonths(month, -1), month),
      before: span("", addMonths(month, -2), addMonths(month, -1)),
    },
    {
      now: span("quarter", quarter, addMonths(quarter, 3)),
      before: span("", addMonths(quarter, -3), quarter),
    },
    { now: span("year", year, addMonths(year, 12)), before: span("", addMonths(year, -12), year) },
    rolling(7),
    rolling(90),
    {
      now: { typed: "all", start: first("1970-01-01"), end: first(addDays(today, 1)) },
      before: null,
    },
  ];
}
