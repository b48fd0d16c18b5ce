/** What is wrong with a survey before it is saved, and what could be asked better. Pure. */
import type { Language } from "../../locales/index.ts";
import type { Message, Outline } from "../../platform.ts";
import type { SurveyDefinition } from "../survey.ts";
import type { SurveyFinding } from "./finding.ts";

/** A platform on which it will be asked. */
export interface SurveyPlatform {
  /** As people call it: "Acme Chat". */
  readonly label: string;
  readonly outline: (message: Message) => Outline;
}

export interface CheckedAgainst {
  readonly platforms: readonly SurveyPlatform[];
  /** Which people here speak. */
  readonly languages: readonly Language[];
  readonly company: string;
  /** What asks it: only where a chat came before there is somebody who handled it. */
  readonly trigger: "chat" | "schedule" | "recovery";
}

/** Errors first, then warnings, each in the order in which people read the survey. */
export function checkSurvey(
  _definition: SurveyDefinition,
  _against: CheckedAgainst,
): readonly SurveyFinding[] {
  return [];
}
