/** Block Kit's rules and what people see of blocks, at one import point. */
import { shownIn } from "./mrkdwn-blocks.ts";

export { checkMessage, checkView } from "./block-kit.ts";
export type { LiveTokens } from "./mrkdwn.ts";
export { liveIn } from "./mrkdwn-blocks.ts";

/** All words of blocks or a view: texts, labels, menu entries, alternative texts, then what only screen readers say. */
export function wordsIn(value: unknown): string {
  return [...shownIn(value), ...accessibilityLabels(value)]
    .filter((word) => word !== "")
    .join("\n");
}

function accessibilityLabels(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(accessibilityLabels);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) =>
    name === "accessibility_label" ? [String(child)] : accessibilityLabels(child),
  );
}
