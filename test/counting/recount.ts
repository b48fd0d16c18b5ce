/** What every figure has to be, counted from the raw rows the slow and plain way. Shares nothing with src. */
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import type { Db } from "../../src/store/schema.ts";

interface Answer {
  invitation_id: string;
  question: string;
  survey_id: string;
  survey_version: number;
  metric: string;
  score: number;
  person_id: string | null;
  team: string | null;
  chat_id: string | null;
  channel: string | null;
  tags: string[];
  answered_at: Date;
}
interface Invitation {
  survey_id: string;
  person_id: string | null;
  chat_id: string | null;
  asked_at: Date | null;
  reached_at: Date | null;
  answered_at: Date | null;
  expires_at: Date | null;
  given_team: string | null;
}
interface Left {
  survey_id: string;
  survey_version: number;
  what: string;
  metric: string | null;
  score: number;
  day: string;
  team: string;
  n: number;
}
interface Break {
  metric: string;
  starts_at: Date;
  survey_id: string;
  survey_version: number;
}

/** Everything that figures are made of, at one moment. */
export interface Raw {
  answers: Answer[];
  invitations: Invitation[];
  people: { id: string; human_id: string | null; test: boolean }[];
  chats: { id: string; team: string | null }[];
  left: Left[];
  breaks: Break[];
  surveys: { id: string; metric: string }[];
  timeZone: string;
}

export async function readRaw(db: Db, workspaceId: number): Promise<Raw> {
  const all = async <T>(columns: string, from: string): Promise<T[]> => {
    const { rows } = await sql<T>`select ${sql.raw(columns)} from ${sql.raw(from)}
      where t.workspace_id = ${workspaceId}`.execute(db);
    return rows;
  };
  const { rows } = await sql<{ time_zone: string }>`
    select time_zone from workspaces where id = ${workspaceId}`.execute(db);
  return {
    answers: await all("t.*", "answers t"),
    invitations: await all(
      `t.*, (select a.team from answers a where a.workspace_id = t.workspace_id
        and a.invitation_id = t.id and a.team is not null limit 1) as given_team`,
      "invitations t",
    ),
    people: await all("t.id, t.human_id, t.test", "people t"),
    chats: await all("t.id, t.team", "chats t"),
    left: await all("t.*, t.day::text as day", "anonymous_counts t"),
    breaks: await all("t.*", "metric_epochs t"),
    surveys: await all("t.id, t.metric", "surveys t"),
    timeZone: rows[0]?.time_zone ?? "",
  };
}

/** One part of the answers: of a value of a cut. */
export interface Part {
  cut: "team" | "channel" | "tag";
  value: string;
}

interface Given {
  at: Date;
  order: string;
  who: string;
  score: number;
  epoch: number;
  values: Record<Part["cut"], string[]>;
}

const smallest: Record<string, number> = { nps: 0, csat: 1 };
const steps: Record<string, number> = { nps: 11, csat: 5 };

/** Histogram, answers of other wordings and asking of a metric in a period; of a part of it. */
export function recount(
  raw: Raw,
  metric: string,
  { start, end }: { start: Date; end: Date },
  now: Date,
  part?: Part,
) {
  const breaks = raw.breaks.filter((each) => each.metric === metric);
  const current = breaks.filter(({ starts_at }) => starts_at < end && starts_at <= now).length;
  const inside = givenTo(raw, metric, breaks).filter(
    ({ at, values }) =>
      at >= start && at < end && (part === undefined || values[part.cut].includes(part.value)),
  );
  const counted = metric === "nps" ? latestOf(inside) : inside;
  const histogram = new Array<number>(steps[metric] ?? 0).fill(0);
  for (const { score, epoch } of counted) {
    const step = score - (smallest[metric] ?? 0);
    if (epoch === current) histogram[step] = (histogram[step] ?? 0) + 1;
  }
  const otherWording = counted.filter(({ epoch }) => epoch !== current).length;
  return { histogram, otherWording, asking: askingOf(raw, metric, { start, end }, now, part) };
}

function latestOf(given: Given[]): Given[] {
  const latest = new Map<string, Given>();
  for (const each of given) {
    const key = `${each.epoch} ${each.who}`;
    const other = latest.get(key);
    const later =
      !other || each.at > other.at || (+each.at === +other.at && each.order > other.order);
    if (later) latest.set(key, each);
  }
  return [...latest.values()];
}

function givenTo(raw: Raw, metric: string, breaks: Break[]): Given[] {
  const people = new Map(raw.people.map((each) => [each.id, each]));
  const teams = new Map(raw.chats.map(({ id, team }) => [id, team]));
  const epochOf = (at: number, survey: string, version: number) =>
    breaks.filter(({ starts_at }) => {
      const ended = breaks.some(
        (own) =>
          own.survey_id === survey && own.survey_version > version && own.starts_at <= starts_at,
      );
      return +starts_at <= at && !ended;
    }).length;
  const answers = raw.answers
    .filter((row) => row.metric === metric && row.score !== null)
    .filter(({ person_id }) => person_id === null || !people.get(person_id)?.test)
    .map((row): Given => {
      const order = `${row.invitation_id} ${row.question}`;
      const human = row.person_id && (people.get(row.person_id)?.human_id ?? row.person_id);
      return {
        at: row.answered_at,
        order,
        who: human ?? order,
        score: row.score,
        epoch: epochOf(+row.answered_at, row.survey_id, row.survey_version),
        values: {
          team: [row.team ?? teams.get(row.chat_id ?? "") ?? ""],
          channel: [row.channel ?? ""],
          tag: row.tags.length > 0 ? row.tags : [""],
        },
      };
    });
  const left = raw.left
    .filter((row) => row.metric === metric)
    .flatMap((row) =>
      Array.from({ length: row.n }, (_, i): Given => {
        const day = Temporal.PlainDate.from(row.day);
        const ends = startOf(day.add({ days: 1 }), raw.timeZone) - 1;
        return {
          at: new Date(startOf(day, raw.timeZone)),
          order: "",
          who: JSON.stringify([row, i]),
          score: row.score,
          epoch: epochOf(ends, row.survey_id, row.survey_version),
          values: { team: [row.team], channel: [""], tag: [""] },
        };
      }),
    );
  return [...answers, ...left];
}

function askingOf(
  raw: Raw,
  metric: string,
  { start, end }: { start: Date; end: Date },
  now: Date,
  part?: Part,
) {
  const ours = new Set(raw.surveys.filter((each) => each.metric === metric).map(({ id }) => id));
  const testers = new Set(raw.people.filter(({ test }) => test).map(({ id }) => id));
  const teams = new Map(raw.chats.map(({ id, team }) => [id, team]));
  const within = (at: number) => at >= +start && at < +end;
  const asked = raw.invitations.filter(
    (row) =>
      ours.has(row.survey_id) &&
      row.asked_at !== null &&
      within(+row.asked_at) &&
      !testers.has(row.person_id ?? "") &&
      (part === undefined || (row.given_team ?? teams.get(row.chat_id ?? "") ?? "") === part.value),
  );
  const reached = asked.filter((row) => row.reached_at !== null || row.answered_at !== null);
  const answered = asked.filter((row) => row.answered_at !== null);
  const isOver = ({ expires_at }: Invitation) => expires_at === null || expires_at <= now;
  const left = (what: string, over: boolean) =>
    raw.left
      .filter((row) => ours.has(row.survey_id) && row.what === what && row.metric === null)
      .filter((row) => part === undefined || row.team === part.value)
      .filter((row) => within(startOf(Temporal.PlainDate.from(row.day), raw.timeZone)))
      .filter((row) => {
        const day = Temporal.PlainDate.from(row.day);
        return !over || startOf(day.add({ days: 8 }), raw.timeZone) <= +now;
      })
      .reduce((sum, { n }) => sum + n, 0);
  return {
    asked: asked.length + left("asked", false),
    reached: reached.length + left("reached", false),
    answered: answered.length + left("answered", false),
    closedReached: reached.filter(isOver).length + left("reached", true),
    closedAnswered: answered.filter(isOver).length + left("answered", true),
    open:
      asked.filter((row) => !isOver(row) && row.answered_at === null).length +
      (left("asked", false) - left("asked", true)) -
      (left("answered", false) - left("answered", true)),
  };
}

function startOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.toZonedDateTime(timeZone).epochMilliseconds;
}
