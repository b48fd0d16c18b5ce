/** The button that posts a summary where others see it. */
import { textsFor } from "../locales/index.ts";
import type { MetricName } from "../metrics/metric.ts";
import { periodKey } from "../metrics/period-key.ts";
import type { Address, Option } from "../platform.ts";
import type { CommandContext, CommandRequest } from "./command.ts";
import { keepView } from "./view/key.ts";
import type { View } from "./view.ts";

/** The place to share to, if that is one where colleagues read: never somebody's own messages. */
export function sharingPlace(place: Address | undefined): Address | undefined {
  return place?.kind === "channel" || place?.kind === "leads" ? place : undefined;
}

/**
 * None when there is no place to share to, nor for whoever sees only their own figures: posted they
 * would pass for a team's. The dates in it are those that are shown now.
 */
export async function shareButton(
  { db, clock, tokens }: Pick<CommandContext, "db" | "clock" | "tokens">,
  { workspace, language, place }: Pick<CommandRequest, "workspace" | "language" | "place">,
  metric: MetricName,
  view: View,
): Promise<Option[]> {
  if (sharingPlace(place) === undefined || view.scope.sees === "own") return [];
  const token = tokens.sign({
    workspaceId: workspace.id,
    invitationId: await keepView(db, workspace.id, view, clock.now()),
    verb: "share",
    question: metric,
    value: periodKey(view.period),
  });
  return [{ label: textsFor(language).text("share.button"), token }];
}
