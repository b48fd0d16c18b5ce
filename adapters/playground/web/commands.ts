/** What the command line suggests. Pure. */

export interface Suggestion {
  readonly line: string;
  /** Key of the text that says what it is for. */
  readonly hint: string;
}

/** What can be typed today, the newcomer's first command first. */
export function suggestions(today: Date): Suggestion[] {
  return [
    { line: "/nps week", hint: "command.nps" },
    { line: "/nps last month", hint: "command.nps" },
    { line: "/nps last month by team", hint: "command.nps.by" },
    { line: "/nps month vs same last year", hint: "command.nps.vs" },
    { line: "/ces month", hint: "command.ces" },
    { line: "/csat 30d", hint: "command.csat" },
    { line: `/csat ${lastMonth(today)}`, hint: "command.csat" },
    { line: "/cx month", hint: "command.cx" },
    { line: "/response month", hint: "command.response" },
    { line: "/frt 30d", hint: "command.frt" },
    { line: "/contacts month", hint: "command.contacts" },
    { line: "/churn quarter", hint: "command.churn" },
    { line: "/journey 90d", hint: "command.journey" },
    { line: "/drivers 90d", hint: "command.drivers" },
    { line: "/coverage month", hint: "command.coverage" },
    { line: "/feedback week", hint: "command.feedback" },
    { line: "/feedback low month", hint: "command.feedback.low" },
    { line: "/aftertalk", hint: "command.help" },
    { line: "/aftertalk home", hint: "command.home" },
  ];
}

/** Those that go on where what is typed ends. */
export function matching(all: readonly Suggestion[], typed: string): Suggestion[] {
  const start = typed.trimStart().toLowerCase();
  if (!start.startsWith("/")) return [];
  return all.filter(({ line }) => line.startsWith(start) && line !== start);
}

/** `2026-10-01..2026-10-31`: the month before, as an example of a range. */
function lastMonth(today: Date): string {
  const first = new Date(Date.UTC(today.getFullYear(), today.getMonth() - 1, 1));
  const last = new Date(Date.UTC(today.getFullYear(), today.getMonth(), 0));
  return `${first.toISOString().slice(0, 10)}..${last.toISOString().slice(0, 10)}`;
}
