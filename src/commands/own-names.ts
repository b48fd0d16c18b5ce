/** Which commands can be typed by themselves. */
import { metricNames } from "../metrics/metric.ts";

/**
 * Commands of their own, in the order of lists; every other one stands behind `/aftertalk`, and
 * `/aftertalk NAME` reaches these too. The manifest of Slack has the same ones.
 */
export const ownNames: readonly string[] = [
  ...metricNames,
  "cx",
  "response",
  "frt",
  "contacts",
  "churn",
  "journey",
  "drivers",
  "coverage",
  "feedback",
  "survey",
];

/** How a command is typed: `/nps`, `/aftertalk cases`. */
export function typedName(name: string): string {
  return ownNames.includes(name) ? `/${name}` : `/aftertalk ${name}`;
}
