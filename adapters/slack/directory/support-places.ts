/** The channels in which support chats are looked for: are they there, and are we in them? */
import type { SupportPlace } from "../../../src/platform.ts";
import { slackError } from "../errors.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import { isChannelId, lookFor, readEntries, type SlackChannel } from "./channel-list.ts";

/** `isOnly`: of several workspaces a channel may be another one's. @throws AppError */
export async function findSupportPlaces(
  workspace: SlackWorkspace,
  { supportChannels }: Pick<SlackOptions, "supportChannels">,
  isOnly: boolean,
): Promise<readonly SupportPlace[]> {
  const wanted = readEntries(supportChannels);
  try {
    const found = await lookFor(workspace, wanted);
    return wanted.flatMap((entry) => {
      const channel = found.find(({ id, name }) => id === entry || name === entry);
      if (channel !== undefined) return placeOf(channel);
      const name = isChannelId(entry) ? entry : `#${entry}`;
      return isOnly ? { name, state: "absent" as const, lacks: [] } : [];
    });
  } catch (error) {
    throw slackError(error, "read");
  }
}

function placeOf({ id, name, is_archived, is_member }: SlackChannel): SupportPlace {
  const state = is_archived ? "archived" : is_member ? "ready" : "outside";
  return { name: name === "" ? id : `#${name}`, state, lacks: [] };
}
