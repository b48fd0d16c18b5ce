/** A way through cards and forms of admins; see walk.ts. */
import type { Language } from "../../../../src/locales/index.ts";
import type { Asked } from "../../../life/desks/desk.ts";
import type { Office } from "../../../life/desks/office.ts";
import type { Furnished } from "../furnish.ts";
import type { Walk } from "../walk.ts";

export interface Scenery extends Furnished {
  readonly language: Language;
  readonly office: Office;
  /** Whoever sets everything up. */
  readonly admin: Walk;
  /** A second one; reads another language on platforms where a person has one. */
  readonly second: Walk;
  /** Leads, and is no admin. */
  readonly lead: Walk;
  /** The names of both, and of a customer who was asked. */
  readonly names: { readonly admin: string; readonly second: string; readonly customer: string };
}

/** What is looked at, in this order: a story leaves the workspace as the next one finds it. */
export type Story = (scenery: Scenery) => Promise<void>;

/** `/survey edit exit`, whatever a platform makes of it. */
export function surveyCommand(word: string, key = ""): Asked {
  return { command: `survey ${word}`, line: key, options: key === "" ? {} : { survey: key } };
}

export function scheduleCommand(sentence: string): Asked {
  const options = sentence === "" ? {} : { sentence };
  return { command: "survey schedule", line: sentence, options };
}

/** A word of /survey schedule with the name of a schedule. */
export function onSchedule(action: string, name: string): Asked {
  const line = `${action} ${name}`;
  return { command: "survey schedule", line, options: { action, name } };
}

/** Sends a form with a mistake in it; looks at it, and has it open once more. */
export async function mistaken(
  walk: Walk,
  values: Readonly<Record<string, string>>,
  name: string,
): Promise<void> {
  await walk.fills(values, `${name}-wrong`);
  await walk.opensAgain(`${name}-again`);
}
