import fc from "fast-check";
import { expect, test } from "vitest";
import { differences, type FieldPath, ORDER, partsOf } from "../../src/configuration/fields.ts";
import { mergeSchedules, mergeSurveys } from "../../src/configuration/merge.ts";
import { makeSchedule } from "../../src/scheduling/definition/schedule.ts";
import { scoreSurvey } from "../../src/surveys/parts.ts";
import type { Question, SurveyDefinition } from "../../src/surveys/survey.ts";

const base = scoreSurvey("csat", { company: "Acme", whyMiddle: "ask.csat.why.low" });

type Edit = (definition: SurveyDefinition) => SurveyDefinition;

const words = fc.constantFrom("one", "two", "three");
const language = fc.constantFrom("en", "ru", "fr");
const index = fc.nat({ max: 4 });

const withQuestions = (
  definition: SurveyDefinition,
  change: (questions: Question[]) => Question[],
): SurveyDefinition => {
  const [first, ...others] = definition.questions;
  return first === undefined
    ? definition
    : { ...definition, questions: [first, ...change(others)] };
};

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(index, language, words).map(
    ([at, lang, said]): Edit =>
      (it) => ({
        ...it,
        questions: it.questions.map((question, i) => {
          if (i !== at % it.questions.length) return question;
          if (question.kind !== "open")
            return { ...question, wording: { ...question.wording, [lang]: said } };
          const low = { ...question.wordings.low, [lang]: said };
          return { ...question, wordings: { ...question.wordings, low } };
        }),
      }),
  ),
  index.map(
    (at): Edit =>
      (it) =>
        withQuestions(it, (all) => all.filter((_, i) => i !== at)),
  ),
  fc.tuple(fc.constantFrom("a", "b"), words, index).map(
    ([key, said, at]): Edit =>
      (it) =>
        it.questions.some((question) => question.key === key)
          ? it
          : withQuestions(it, (all) =>
              all.toSpliced(at, 0, {
                ...{ kind: "yes-no", key, wording: { en: said }, onlyLow: false },
              }),
            ),
  ),
  fc.constant<Edit>((it) => withQuestions(it, (all) => all.toReversed())),
  fc.boolean().map(
    (cases): Edit =>
      (it) => ({ ...it, cases }),
  ),
);
const edited = fc
  .array(edit, { maxLength: 4 })
  .map((edits) => edits.reduce((it, change) => change(it), base));

const at = (value: unknown, path: FieldPath): unknown =>
  path.reduce((inner, name) => partsOf(inner)?.get(name), value);
const isOrder = ({ path }: { path: FieldPath }) => path.at(-1) === ORDER;
const meets = (one: FieldPath, other: FieldPath) =>
  one.every((name, i) => other[i] === undefined || other[i] === name);

test("what only one of two people changed is what they made of it", () => {
  fc.assert(
    fc.property(edited, (mine) => {
      const merged = { kind: "merged", definition: mine };
      expect(mergeSurveys({ base, mine, theirs: base })).toEqual(merged);
      expect(mergeSurveys({ base, mine: base, theirs: mine })).toEqual(merged);
      expect(mergeSurveys({ base, mine, theirs: mine })).toEqual(merged);
    }),
  );
});

test("no field that either of two people changed is lost, and none is otherwise that neither changed", () => {
  fc.assert(
    fc.property(edited, edited, (mine, theirs) => {
      const merged = mergeSurveys({ base, mine, theirs });
      if (merged.kind !== "merged") return;
      const both = [...differences(base, mine), ...differences(base, theirs)];
      for (const change of both)
        if (!isOrder(change)) expect(at(merged.definition, change.path)).toEqual(change.to);
      for (const { path } of differences(base, merged.definition))
        expect(both.some((change) => meets(change.path, path))).toBe(true);
      const keys = [...mine.questions, ...theirs.questions].map(({ key }) => key);
      const left = merged.definition.questions.map(({ key }) => key);
      expect(new Set(left).size).toBe(left.length);
      expect(keys).toEqual(expect.arrayContaining(left));
    }),
  );
});

test("whatever collides was changed by both, and is the same whoever asks", () => {
  fc.assert(
    fc.property(edited, edited, (mine, theirs) => {
      const merged = mergeSurveys({ base, mine, theirs });
      const other = mergeSurveys({ base, mine: theirs, theirs: mine });
      expect(other.kind).toBe(merged.kind);
      if (merged.kind === "merged" || other.kind === "merged") return;
      const named = (paths: readonly FieldPath[]) => paths.map((path) => path.join("/")).toSorted();
      expect(named(other.paths)).toEqual(named(merged.paths));
      for (const path of merged.paths)
        for (const side of [mine, theirs])
          expect(differences(base, side).some((change) => meets(path, change.path))).toBe(true);
    }),
  );
});

test("hours of one and a limit of another are both in the schedule; two triggers collide", () => {
  const begun = makeSchedule({
    ...{ name: "quarterly", kind: "relationship", survey: "loyal" },
    trigger: { on: "cron", cron: "0 9 1 */3 *" },
  });
  const later = makeSchedule({ ...begun, limits: { ...begun.limits, hours: { from: "10:00" } } });
  const fewer = makeSchedule({ ...begun, limits: { ...begun.limits, perDay: 40 } });
  expect(mergeSchedules({ base: begun, mine: later, theirs: fewer })).toMatchObject({
    kind: "merged",
    definition: { limits: { hours: { from: "10:00" }, perDay: 40 } },
  });
  const joined = makeSchedule({ ...begun, trigger: { on: "person-joined", delay: "3d" } });
  const monthly = makeSchedule({ ...begun, trigger: { on: "cron", cron: "0 9 1 * *" } });
  expect(mergeSchedules({ base: begun, mine: joined, theirs: monthly })).toMatchObject({
    kind: "collides",
    paths: [["trigger"]],
  });
});
