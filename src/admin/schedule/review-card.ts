/** The card before a yes: what it is, when, whom it would ask, what is wrong; then the choices. Pure. */
import type { NotAsked } from "../../configuration/surveys-asked.ts";
import { type TextKey, type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Part } from "../../platform.ts";
import { describeSchedule } from "../../scheduling/definition/describe.ts";
import { sayProblem, sayScheduleField } from "../../scheduling/definition/say-problem.ts";
import type { Preview } from "../../scheduling/preview/preview.ts";
import { sayFinding } from "../../surveys/check/say-finding.ts";
import { type DraftContext, draftButton } from "../draft-kind.ts";
import { aheadParts } from "./ahead-parts.ts";
import type { Review } from "./review.ts";
import { sayWith, surveysWith } from "./yes.ts";
import { sayClock, sayDay, sayMoment, sayZone } from "./zones.ts";

type Drawing = Pick<DraftContext, "engine" | "reader">;

/** `preview`: undefined as long as nobody looked ahead; before that there is nothing to say yes to. */
export function reviewCard(
  drawing: Drawing,
  review: Review,
  preview: Preview | undefined,
): Message {
  const texts = textsFor(drawing.reader.language);
  const title = titleOf(texts, review);
  const { draft, problems, zones } = review;
  const { sentence } = draft.content;
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...(sentence === "" ? [] : [{ kind: "quote", text: sentence } as const]),
      ...staleParts(texts, review),
      ...ruleParts(texts, review),
      ...surveyParts(texts, review),
      ...problemParts(texts, problems),
      ...momentParts(texts, review),
      ...(preview === undefined ? [] : aheadParts(texts, preview, zones[0])),
      ...buttonParts(drawing, review, preview !== undefined),
    ],
    locale: texts.language,
  };
}

function titleOf(texts: Texts, { draft, definition, current }: Review): string {
  const { rollback, goal } = draft.content;
  const name = definition?.name ?? draft.about;
  if (rollback !== null) return texts.text("schedule.card.rollback", { name, n: rollback });
  if (goal === "archive") return texts.text("schedule.card.archive", { name });
  const how = current === undefined ? "new" : goal;
  return texts.text("schedule.card.title", { how, name: name || "…" });
}

function staleParts(texts: Texts, { stale, current }: Review): Part[] {
  if (stale === undefined) return [];
  const how = current === undefined ? "gone" : stale === "" ? "nobody" : "named";
  const params = { how, by: stale, version: current?.version ?? 0 };
  return [{ kind: "text", text: texts.text("schedule.card.stale", params) }];
}

function ruleParts(texts: Texts, { definition, current, changes, draft }: Review): Part[] {
  if (definition === undefined) return [];
  const { goal } = draft.content;
  const lines = describeSchedule(texts, definition);
  const kind = texts.text("schedule.card.kind", {
    kind: texts.text(`schedule.kind.${definition.kind}`),
  });
  const version = current?.version ?? 0;
  return [
    { kind: "text", text: [...lines, kind].join("\n") },
    ...(goal === "archive"
      ? [{ kind: "text", text: texts.text("schedule.card.archive.means") } as const]
      : []),
    ...(changes.length === 0
      ? []
      : ([
          { kind: "text", text: texts.text("schedule.card.changes", { version }) },
          { kind: "facts", rows: changes },
        ] as const)),
  ];
}

/** Which of its surveys nobody is asked, and what becomes of them with a yes. */
function surveyParts(texts: Texts, { asks, broken, draft, current }: Review): Part[] {
  if (draft.content.goal === "archive") return [];
  const how = current?.state === "on" ? "on" : "with";
  return [...notAskedLines(texts, asks, how), ...broken.map(sayBroken)].map((text) => {
    return { kind: "text", text };
  });
  function sayBroken({ key, error }: Review["broken"][number]): string {
    const what = sayFinding(texts, error);
    return texts.text("schedule.card.survey-broken", { survey: key, what });
  }
}

/** `how`: switched on together with the schedule, or the schedule is on already, or it is just so. */
export function notAskedLines(
  texts: Texts,
  { off, chooseFrom }: NotAsked,
  how: "with" | "on" | "is",
): string[] {
  const lines = off.flatMap(({ key, replaces }) => [
    texts.text("schedule.card.survey-off", { survey: key, how }),
    ...(replaces === undefined || how === "is"
      ? []
      : [texts.text("state.replaces", { key, other: replaces })]),
  ]);
  if (chooseFrom === undefined) return lines;
  const some = chooseFrom.length === 0 ? "none" : "some";
  return [...lines, texts.text("schedule.card.choose-survey", { some })];
}

function problemParts(texts: Texts, problems: Review["problems"]): Part[] {
  if (problems.length === 0) return [];
  return [
    { kind: "text", text: texts.text("schedule.card.problems") },
    {
      kind: "facts",
      rows: problems.map((each) => [sayScheduleField(texts, each.path), sayProblem(texts, each)]),
    },
  ];
}

function momentParts(texts: Texts, { moments, zones, draft }: Review): Part[] {
  if (moments === undefined || draft.content.goal === "archive") return [];
  const [zone, other] = zones;
  const { kind, dates, now } = moments;
  const say = (at: Date, where: string) => sayMoment(at, texts.language, where, now);
  if (dates.length === 0) return [];
  const both = (at: Date) => {
    const there = sayDay(at, texts.language, other) === sayDay(at, texts.language, zone);
    return texts.text("schedule.dates.both", {
      first: say(at, zone),
      other: there ? sayClock(at, texts.language, other) : say(at, other),
    });
  };
  const rows = dates.map(({ from, at }, index) => {
    if (kind === "once") {
      const when = say(from, zone);
      return [texts.text("schedule.dates.happens", { when }), both(at)] as const;
    }
    return [String(index + 1), both(at)] as const;
  });
  return [
    {
      kind: "text",
      text: texts.text(`schedule.dates.${kind}`, { zone: sayZone(zone), other: sayZone(other) }),
    },
    { kind: "facts", rows },
  ];
}

/** A choice: what it does, what it is called. */
interface Choice {
  readonly action: string;
  readonly value?: string;
  readonly key: TextKey;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly tone?: "danger";
}

const choice = (action: string, key: TextKey): Choice => ({ action, key });
const drop = choice("drop", "schedule.button.drop");

function buttonParts(drawing: Drawing, review: Review, lookedAhead: boolean): Part[] {
  const texts = textsFor(drawing.reader.language);
  const options = choicesOf(review, lookedAhead).map(({ key, params, ...rest }) =>
    draftButton(drawing, review.draft.id, { ...rest, label: texts.text(key, params) }),
  );
  return [{ kind: "actions", options }];
}

/** Nothing is saved before somebody looked ahead, and nothing that would not work. */
function choicesOf(review: Review, lookedAhead: boolean): readonly Choice[] {
  const { draft, definition, problems, current, stale } = review;
  if (stale !== undefined) {
    const theirs = current === undefined ? [] : [choice("theirs", "schedule.button.theirs")];
    return [choice("mine", "schedule.button.mine"), ...theirs, drop];
  }
  if (draft.content.goal === "archive") {
    return [{ ...choice("archive", "schedule.button.archive"), tone: "danger" }, drop];
  }
  const change = [choice("edit", "schedule.button.change"), drop];
  if (definition === undefined || problems.length > 0) return change;
  if (!lookedAhead) return [choice("look", "schedule.button.look"), ...change];
  return [...savingOf(review), ...change];
}

/** On or off as is wanted; what would change nothing is not offered. */
function savingOf(review: Review): readonly Choice[] {
  const { current, changes } = review;
  const isSame = current !== undefined && changes.length === 0;
  const isOn = current?.state === "on";
  const on = switchingOn(review, isSame);
  const off = choice("off", isSame ? "schedule.button.off" : "schedule.button.save-off");
  if (isOn) return [...on, ...(isSame ? [] : [choice("save", "schedule.button.save")]), off];
  // One that is off is kept so by leaving it.
  return isSame ? on : [...on, off];
}

/** With the surveys that are off; where one of several has to be chosen a button for each. */
function switchingOn({ asks, broken, current }: Review, isSame: boolean): Choice[] {
  if (broken.length > 0) return [];
  const [off = [], ...others] = surveysWith(asks);
  const isOn = current?.state === "on";
  if (asks.chooseFrom === undefined && others.length === 0 && off.length === 0) {
    return isOn ? [] : [choice("on", isSame ? "schedule.button.on" : "schedule.button.save-on")];
  }
  return surveysWith(asks).map((surveys) => {
    const survey = asks.chooseFrom === undefined ? "" : surveys.join();
    const how = survey !== "" ? "choose" : isOn ? "survey" : "both";
    return {
      ...{ action: "on", value: sayWith(surveys) ?? "", key: "schedule.button.on-with" },
      params: { how, survey, saved: isSame ? "no" : "yes", n: surveys.length },
    };
  });
}
