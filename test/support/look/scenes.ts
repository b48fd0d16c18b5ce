/** What is looked at: each command, and what comes of its buttons. */
import { type Language, type Texts, textsFor } from "../../../src/locales/index.ts";
import type { Asked, Desk } from "../../life/desks/desk.ts";

export interface Scene {
  readonly name: string;
  readonly asked: Asked;
  /** The button that is pressed then, if any. */
  readonly presses?: string;
}

export function scenesIn(language: Language): Scene[] {
  const texts = textsFor(language);
  const scene = (name: string, asked: Asked, presses?: string): Scene => {
    return presses === undefined ? { name, asked } : { name, asked, presses };
  };
  return [
    scene("nps-week", { command: "nps", period: "week" }),
    scene("nps-by-agent", { command: "nps", period: "90 days", by: "agent" }),
    scene("nps-by-tag", { command: "nps", period: "90 days", by: "tag" }),
    scene("nps-by-score", { command: "nps", period: "90 days", by: "score" }),
    scene("csat-last-year", { command: "csat", period: "90 days", vs: "same last year" }),
    scene("csat-shared", { command: "csat", period: "90 days" }, texts.text("share.button")),
    scene("ces-by-language", { command: "ces", period: "all", by: "language" }),
    scene("resolution", { command: "resolution", period: "90 days" }),
    scene("expectation", { command: "expectation", period: "90 days" }),
    scene("emotion", { command: "emotion", period: "90 days" }),
    scene("cx", { command: "cx", period: "week" }),
    scene("response", { command: "response", period: "90 days", by: "team" }),
    scene("frt", { command: "frt", period: "90 days", by: "agent" }),
    scene("contacts", { command: "contacts", period: "month" }),
    scene("churn", { command: "churn", period: "last month" }),
    scene("journey", { command: "journey", period: "90 days", which: "csat" }),
    scene("drivers", { command: "drivers", period: "all" }),
    scene("coverage", { command: "coverage", period: "week", by: "agent" }),
    scene("feedback-low", { command: "feedback", period: "90 days", which: "low" }),
    scene("feedback-next", { command: "feedback", period: "90 days" }, texts.text("feedback.next")),
    scene("mistyped", { command: "nps", period: "weke" }),
    scene("unknown-team", { command: "nps", period: "week", filters: { team: "Bilng" } }),
    ...schedules(scene, texts),
    ...surveys(scene, texts),
    ...running(scene, texts),
    scene("help", { command: "aftertalk help" }),
    scene("home", { command: "aftertalk home" }),
    scene("cases", { command: "aftertalk cases" }),
  ];
}

const said: Readonly<Partial<Record<Language, string>>> = {
  en: "nps 30 days after joining, then every 90 days, at 10:00 local time, max 4 a day",
  "zh-Hans": "每周一9:00发nps，每天最多4人",
};

/** Where whoever leads in a language also sets everything up. */
function schedules(
  scene: (name: string, asked: Asked, presses?: string) => Scene,
  texts: Texts,
): Scene[] {
  const sentence = said[texts.language];
  if (sentence === undefined) return [];
  const typed = (line: string): Asked => {
    return { command: "survey schedule", line, options: { sentence: line } };
  };
  return [
    scene("schedules", { command: "survey schedule", line: "" }),
    scene("schedule-said", typed(sentence)),
    scene("schedule-change", typed(sentence), texts.text("schedule.button.change")),
    scene("schedule-open", typed("nps every 90 days")),
    scene(
      "schedule-saved",
      typed("csat 3 days after a chat"),
      texts.text("schedule.button.save-on"),
    ),
  ];
}

/** How it goes, why, and stopping it; last of all, because it stays stopped. */
function running(
  scene: (name: string, asked: Asked, presses?: string) => Scene,
  texts: Texts,
): Scene[] {
  if (said[texts.language] === undefined) return [];
  const typed = (command: string, line: string, options: Asked["options"] = {}): Asked => {
    return { command, line, options };
  };
  const pauses = typed("survey pause", "chat-nps", { survey: "chat-nps" });
  const stops = typed("survey stop", "all", { what: "all" });
  return [
    scene("status", typed("survey status", "")),
    scene("why", typed("survey why", "Priya", { person: "Priya" })),
    scene("pause", pauses),
    scene("settings", typed("aftertalk settings", "")),
    scene("settings-form", typed("aftertalk settings", ""), texts.text("setting.group.asking")),
    scene("stop", stops),
    scene("stopped", stops, texts.text("stop.do")),
    scene("resumed", stops, texts.text("stop.resume")),
  ];
}

/** The same people make surveys: a card each, and what comes of one of its buttons. */
function surveys(
  scene: (name: string, asked: Asked, presses?: string) => Scene,
  texts: Texts,
): Scene[] {
  if (said[texts.language] === undefined) return [];
  const typed = (word: string, key = ""): Asked => ({
    ...{ command: `survey ${word}`, line: key },
    options: key === "" ? {} : { survey: key },
  });
  const edits = typed("edit", "churn-check-in");
  const anew = texts.text("survey.begin.anew");
  return [
    scene("surveys", typed("list")),
    scene("survey-opened", typed("list"), texts.text("survey.list.open", { key: "exit" })),
    scene("survey-new", typed("new")),
    scene("survey-edit", edits),
    scene("survey-edit-again", edits),
    scene("survey-edit-anew", edits, anew),
    scene("survey-drafts", typed("drafts")),
    scene("survey-history", typed("history", "exit")),
    scene("survey-tried", typed("try", "exit")),
  ];
}

/** Seen by others than leads of everything, in their own language. */
export function otherScenes({ agent, teamLead, customer }: Desk) {
  const scene = (name: string, who: typeof agent | undefined, asked: Asked) => {
    return who === undefined ? [] : [{ name, who, asked }];
  };
  return [
    ...scene("agent-own", agent, { command: "nps", period: "90 days" }),
    ...scene("agent-refused", agent, { command: "nps", period: "90 days", by: "agent" }),
    ...scene("team-lead", teamLead, { command: "nps", period: "90 days", by: "agent" }),
    ...scene("team-lead-refused", teamLead, { command: "churn", period: "month" }),
    ...scene("customer", customer, { command: "nps", period: "week" }),
  ];
}
