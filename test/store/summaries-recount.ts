/** Random rows, and what a summary of them is, counted the slow and plain way without SQL. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { MetricName } from "../../src/metrics/metric.ts";
import type { Period } from "../../src/metrics/period.ts";
import type { NewRow } from "../../src/store/schema.ts";

type Own<T> = Omit<T, "workspace_id">;

export interface World {
  readonly people: readonly Own<NewRow<"people">>[];
  readonly surveys: readonly (Own<NewRow<"surveys">> & {
    id: string;
    questions: readonly { kind: string; metric: MetricName }[];
  })[];
  readonly invitations: readonly (Own<NewRow<"invitations">> & { asked_at: Date | null })[];
  readonly answers: readonly (Own<NewRow<"answers">> & { answered_at: Date })[];
}

const scales: Record<MetricName, readonly [number, number]> = {
  nps: [0, 10],
  ces: [1, 7],
  csat: [1, 5],
  resolution: [0, 2],
  expectation: [1, 5],
  emotion: [1, 5],
};

/** Metric of a survey's first and, where there is one, second question. */
const kinds: readonly (readonly [MetricName, MetricName?])[] = [
  ["nps"],
  ["nps", "csat"],
  ["csat", "resolution"],
  ["emotion"],
];

/** Rows with times around the edges of `periods`. */
export function worlds(around: { periods: readonly Period[]; now: Date }): fc.Arbitrary<World> {
  const edges = around.periods.flatMap(({ start, end }) => [start.getTime(), end.getTime()]);
  const time = fc
    .tuple(fc.constantFrom(...edges, around.now.getTime()), fc.constantFrom(-9e7, -1, 0, 1, 9e7))
    .map(([edge, offset]) => new Date(edge + offset));
  const invitation = fc.record({
    survey: fc.nat(kinds.length - 1),
    person: fc.option(fc.nat(5)),
    askedAt: fc.option(time),
    reached: fc.boolean(),
    answeredAt: fc.option(time),
    expiresAt: fc.option(time),
    score: fc.nat(),
    second: fc.option(fc.nat()),
  });
  return fc.array(invitation, { maxLength: 80, size: "max" }).map(toRows);
}

/** Who is met in several places: the row that stands for them, by the row of a part. */
const humans: Readonly<Record<number, number>> = { 1: 0, 3: 0, 4: 2 };

interface Drawn {
  readonly survey: number;
  readonly person: number | null;
  readonly askedAt: Date | null;
  readonly reached: boolean;
  readonly answeredAt: Date | null;
  readonly expiresAt: Date | null;
  readonly score: number;
  readonly second: number | null;
}

function toRows(drawn: readonly Drawn[]): World {
  const ids = Array.from({ length: 6 }, () => randomUUID());
  const people = ids.map((id, i) => ({
    id,
    name: `person ${i}`,
    test: i === 5,
    human_id: ids[humans[i] ?? -1] ?? null,
  }));
  const surveys = kinds.map(([first, second], i) => ({
    id: randomUUID(),
    key: `survey-${i}`,
    metric: first,
    // One definition does not tell of its second question: then its answers do.
    questions: (second && second !== "csat" ? [first, second] : [first]).map((metric) => ({
      kind: "score",
      metric,
    })),
    trigger: "chat" as const,
    version: 1,
  }));
  const rows = drawn.map((each) => {
    const id = randomUUID();
    const survey = { survey_id: surveys[each.survey]?.id ?? "", survey_version: 1 };
    const person_id = each.person === null ? null : (people[each.person]?.id ?? null);
    const invitation = {
      id,
      ...survey,
      person_id,
      reason_key: id,
      state: "asked" as const,
      kind: "chat" as const,
      asked_at: each.askedAt,
      reached_at: each.reached ? each.askedAt : null,
      answered_at: each.answeredAt,
      expires_at: each.expiresAt,
    };
    const [first, second] = kinds[each.survey] ?? [];
    const { answeredAt } = each;
    const score = (question: string, metric: MetricName | undefined, given: number | null) => {
      if (metric === undefined || given === null || answeredAt === null) return [];
      const [min, max] = scales[metric];
      const row = {
        invitation_id: id,
        ...survey,
        person_id,
        question,
        metric,
        score: min + (given % (max - min + 1)),
        scale_min: min,
        scale_max: max,
        answered_at: answeredAt,
      };
      return [row];
    };
    return {
      invitation,
      answers: [...score("score", first, each.score), ...score("more", second, each.second)],
    };
  });
  return {
    people,
    surveys,
    invitations: rows.map(({ invitation }) => invitation),
    answers: rows.flatMap(({ answers }) => answers),
  };
}

/** What a summary of `metric` in `period` has to say about these rows. */
export function recount(world: World, metric: MetricName, period: Period, now: Date) {
  const inside = (time: Date | null | undefined) =>
    time != null && time >= period.start && time < period.end;
  const testers = new Set(world.people.filter((person) => person.test).map((person) => person.id));
  const counts = (person: string | null | undefined) => person == null || !testers.has(person);

  const given = world.answers.filter(
    (row) => row.metric === metric && inside(row.answered_at) && counts(row.person_id),
  );
  const humanOf = humansOf(world);
  const latest = new Map<string, (typeof given)[number]>();
  for (const row of given) {
    const who =
      metric === "nps" && row.person_id
        ? humanOf(row.person_id)
        : `${row.invitation_id}/${row.question}`;
    const other = latest.get(who);
    const isLater =
      other === undefined ||
      row.answered_at > other.answered_at ||
      (row.answered_at.getTime() === other.answered_at.getTime() &&
        row.invitation_id > other.invitation_id);
    if (isLater) latest.set(who, row);
  }
  const [min, max] = scales[metric];
  const histogram = new Array<number>(max - min + 1).fill(0);
  for (const { score } of latest.values()) {
    const index = (score ?? Number.NaN) - min;
    histogram[index] = (histogram[index] ?? Number.NaN) + 1;
  }
  return { histogram, asking: askingOf(world, metric, inside, counts, now) };
}

function humansOf({ people }: World): (personId: string) => string {
  const parts = new Map(people.map(({ id, human_id }) => [id, human_id]));
  return (personId) => parts.get(personId) ?? personId;
}

function askingOf(
  world: World,
  metric: MetricName,
  inside: (time: Date | null) => boolean,
  counts: (person: string | null | undefined) => boolean,
  now: Date,
) {
  const evident = new Set(
    world.answers.filter((row) => row.metric === metric).map((row) => row.survey_id),
  );
  const asks = ({ id, questions }: World["surveys"][number]) =>
    questions.some((question) => question.metric === metric) || evident.has(id);
  const ours = new Set(world.surveys.filter(asks).map((survey) => survey.id));
  const asked = world.invitations.filter(
    (row) => ours.has(row.survey_id) && inside(row.asked_at) && counts(row.person_id),
  );
  const reached = asked.filter((row) => row.reached_at || row.answered_at);
  const answered = asked.filter((row) => row.answered_at);
  const isOpen = (row: (typeof asked)[number]) =>
    row.expires_at instanceof Date && row.expires_at > now;
  return {
    asked: asked.length,
    reached: reached.length,
    answered: answered.length,
    closedReached: reached.filter((row) => !isOpen(row)).length,
    closedAnswered: answered.filter((row) => !isOpen(row)).length,
    open: asked.filter((row) => isOpen(row) && !row.answered_at).length,
  };
}
