/** Findings about Slack. */
import { WebAPIPlatformError } from "@slack/web-api";
import { hasCode } from "../../../src/errors.ts";
import { createFailed } from "../../common/findings.ts";
import { slackError } from "../errors.ts";

const errorOf = (error: unknown) => slackError(error, "read");
const isAnswer = (error: unknown): boolean => error instanceof WebAPIPlatformError;

/** A question that Slack did not answer; refusals for a missing scope have their own mend. */
export const failed = createFailed({
  ...{ platform: "Slack", address: "SLACK_API_URL", errorOf, isAnswer },
  otherwise: "Look at the app's settings in Slack.",
});

/** Slack did not answer at all, or not as Slack does. */
export const isAway = (error: unknown): boolean =>
  hasCode(errorOf(error), "temporary") && !isAnswer(error);

/** A check that is about one workspace carries its name. */
export const about = (workspace: { readonly name: string }, what: string): string =>
  `Slack ${workspace.name}, ${what}`;
