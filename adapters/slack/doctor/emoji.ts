/** Are the closing emoji of the settings there? */
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import { about, failed } from "./findings.ts";

/** `categories` names the standard emoji; a Slack that leaves them out is given the benefit of the doubt. */
const emojiList = z.object({
  emoji: z.record(z.string(), z.string()),
  categories: z
    .array(z.object({ emoji_names: z.array(z.string()) }))
    .optional()
    .catch(undefined),
});

/** Is each closing emoji a standard or a custom one? */
export async function* checkEmoji(
  { closeEmoji }: SlackOptions,
  workspaces: readonly SlackWorkspace[],
): AsyncIterable<Finding> {
  for (const workspace of workspaces) {
    const check = about(workspace, "closing emoji");
    try {
      const answer = await workspace.client.emoji.list({ include_categories: true });
      const { emoji, categories } = emojiList.parse(answer);
      const standard = categories?.flatMap(({ emoji_names }) => emoji_names);
      const isThere = (name: string) =>
        Object.hasOwn(emoji, name) || standard === undefined || standard.includes(name);
      const missing = closeEmoji.filter((name) => !isThere(name));
      yield missing.length === 0
        ? fine(check, closeEmoji.map(colons).join(" "))
        : mended(
            check,
            `there is no ${missing.map(colons).join(", no ")} in this workspace`,
            "Point at the emoji in Slack's picker: its name is shown below. Put that into SLACK_CLOSE_EMOJI.",
          );
    } catch (error) {
      yield failed(check, error);
    }
  }
}

const colons = (name: string): string => `:${name}:`;
