/** The button that posts a summary where others see it. */
import { textsFor } from "../locales/index.ts";
import { periodKey } from "../metrics/period-key.ts";
import type { Address, Option } from "../platform.ts";
import type { Tokens } from "../surveys/tokens.ts";
import type { CommandRequest } from "./command.ts";
import { filterKey } from "./filter.ts";
import type { Figures } from "./summary.ts";

/** The place to share to, if that is one where colleagues read: never somebody's own messages. */
export function sharingPlace(place: Address | undefined): Address | undefined {
  return place?.kind === "channel" || place?.kind === "leads" ? place : undefined;
}

/** None when there is no place to share to. The dates in it are those that are shown now. */
export function shareButton(
  tokens: Tokens,
  { workspace, language, place }: Pick<CommandRequest, "workspace" | "language" | "place">,
  { metric, now, filter = {} }: Pick<Figures, "metric" | "now" | "filter">,
): Option[] {
  if (sharingPlace(place) === undefined) return [];
  const token = tokens.sign({
    workspaceId: workspace.id,
    invitationId: filterKey(filter),
    verb: "share",
    question: metric.name,
    value: periodKey(now.period),
  });
  return [{ label: textsFor(language).text("share.button"), token }];
}
