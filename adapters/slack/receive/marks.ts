/**
 * Several of the team may put their ✅ on one message. Taking one away opens the chat only when no
 * other stays; an event tells of one person's reaction alone, so Slack is asked.
 */
import { z } from "zod";
import type { Log } from "../../../src/log.ts";
import { within } from "../../common/patience.ts";
import { isTeam } from "../../common/people.ts";
import type { Directory } from "../directory.ts";
import { slackError } from "../errors.ts";
import type { SlackWorkspace } from "../workspace.ts";
import type { CloseEmoji } from "./close-emoji.ts";

/** Slack waits 3 s for the acknowledgement; what cannot be told by then counts as taken away. */
const PATIENCE_MS = 1000;

export interface Marks {
  /** Whether the message still carries a close emoji of somebody of the team. */
  remain(
    workspace: SlackWorkspace,
    item: { readonly channel: string; readonly ts: string },
  ): Promise<boolean>;
}

const answer = z.object({
  message: z.object({
    reactions: z.array(z.object({ name: z.string(), users: z.array(z.string()) })).catch([]),
  }),
});

export function createMarks(options: {
  readonly emoji: CloseEmoji;
  readonly directory: Directory;
  readonly log: Log;
}): Marks {
  const { emoji, directory, log } = options;
  const look = async (workspace: SlackWorkspace, item: { channel: string; ts: string }) => {
    const { channel, ts: timestamp } = item;
    const got = await workspace.client.reactions.get({ channel, timestamp, full: true });
    const { reactions } = answer.parse(got).message;
    const users = reactions
      .filter(({ name }) => emoji.closes(workspace, name))
      .flatMap((reaction) => reaction.users);
    for (const id of new Set(users)) {
      const { user } = await directory.member(workspace, { id }, "at-least");
      if (isTeam(user)) return true;
    }
    return false;
  };
  return {
    async remain(workspace, item) {
      try {
        return (await within(look(workspace, item), PATIENCE_MS)) ?? false;
      } catch (error) {
        log.debug({ error: slackError(error, "read") }, "the reactions could not be read");
        return false;
      }
    },
  };
}
