/** The card before a survey is paused, resumed or archived: what that means, and the button that does it. */
import type { State } from "../../configuration/change.ts";
import type { Configuration } from "../../configuration/configuration.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message, Part } from "../../platform.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import { readKeptSurvey } from "../../store/survey-versions.ts";
import { countWaiting } from "../../store/waiting.ts";
import { adminButton } from "../admin-action.ts";
import { type Drawing, stoppedParts } from "../stop/stopped.ts";
import { type Asked, buttonValue, hashOf } from "./state-value.ts";
import { inTheWay, type StateStep, stateStep } from "./survey-state.ts";

export const SHOW_STATE = "survey-change";
export const CHANGE_STATE = "survey-do";

/** What changing the state of a survey means. */
export async function stateCard(drawing: Drawing, key: string, to: State): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const now = await readConfiguration(db, reader.workspace.id);
  const step = stateStep(now, key, to);
  if (step === undefined) return lineMessage(reader.language, texts.text("state.unknown", { key }));
  if (step.survey.state === to)
    return lineMessage(reader.language, texts.text(`state.already.${to}`, { key }));
  const id = (await readKeptSurvey(db, reader.workspace.id, key))?.id;
  const n = await countWaiting(db, reader.workspace.id, id);
  const title = texts.text(`state.title.${to}`, { key });
  return {
    summary: title,
    parts: [
      { kind: "heading", text: title },
      ...meaning(texts, now, step, n).map((text) => ({ kind: "text", text }) as const),
      ...(to === "on" ? await stoppedParts(drawing) : []),
      doIt(drawing, now, step),
    ],
    locale: reader.language,
  };
}

function meaning(texts: Texts, now: Configuration, step: StateStep, n: number): string[] {
  const { key, to, replaces, survey } = step;
  const schedules = to === "archived" ? inTheWay(now, step) : step.schedules;
  const names = new Intl.ListFormat(texts.language).format(
    schedules.map((name) => texts.text("change.quoted", { words: name })),
  );
  const by =
    schedules.length === 0
      ? survey.trigger === "schedule"
        ? [texts.text("state.schedules.none")]
        : []
      : [texts.text(`state.schedules.${to}`, { n: schedules.length, names })];
  return [
    texts.text(`state.what.${to}`),
    ...(replaces === undefined ? [] : [texts.text("state.replaces", { key, other: replaces })]),
    ...(survey.trigger === "chat" && to !== "on" && survey.state === "on"
      ? [texts.text("state.after-chat")]
      : []),
    ...by,
    texts.text(`state.waits.${to === "on" ? "on" : "off"}`, { n }),
  ];
}

/** Archiving pauses the schedules that ask it in the same set: nothing is left that cannot be asked. */
function doIt(drawing: Drawing, now: Configuration, step: StateStep): Part {
  const texts = textsFor(drawing.reader.language);
  const { key, to, survey } = step;
  const n = inTheWay(now, step).length;
  const label = n > 0 ? texts.text("state.do.archived.with", { n }) : texts.text(`state.do.${to}`);
  const value = buttonValue({ key, to, was: survey.state, schedules: n > 0 });
  const tone = to === "archived" ? ({ tone: "danger" } as const) : {};
  const button = adminButton(drawing, { action: CHANGE_STATE, value, label, ...tone });
  return { kind: "actions", options: [button] };
}

/** Which survey: those that could be in another state. */
export async function whichCard(drawing: Drawing, to: State): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const { surveys } = await readConfiguration(db, reader.workspace.id);
  const keys = [...surveys].filter(([, { state }]) => couldBe(state, to)).map(([key]) => key);
  const title = texts.text(keys.length === 0 ? `state.none.${to}` : `state.which.${to}`);
  const options = keys.map((key) => {
    const value = buttonValue({ key, to, was: "on", schedules: false });
    return adminButton(drawing, { action: SHOW_STATE, value, label: key });
  });
  const list: Part = { kind: "choices", options, pick: texts.text("state.pick") };
  return {
    summary: title,
    parts: [{ kind: "text", text: title }, ...(keys.length === 0 ? [] : [list])],
    locale: reader.language,
  };
}

function couldBe(state: State, to: State): boolean {
  return to === "paused" ? state === "on" : state !== to;
}

/** The survey that a button was about. */
export function keyOf({ surveys }: Configuration, { hash }: Asked): string | undefined {
  return [...surveys.keys()].find((key) => hashOf(key) === hash);
}
