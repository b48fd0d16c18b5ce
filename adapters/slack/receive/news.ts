/** News about the workspace itself: pages opened, places that are there again, what changed. */
import type { PlatformEvent } from "../../../src/platform.ts";
import {
  homeOpenedEvent,
  memberJoinedEvent,
  renamedEvent,
  unarchivedEvent,
  userChangedEvent,
} from "./payloads.ts";
import { type EventReading, ignored } from "./reading.ts";

/** Our page was opened: it is filled by the answer to a command named `home`. */
export async function receiveHomeOpened(reading: EventReading): Promise<PlatformEvent | undefined> {
  const parsed = homeOpenedEvent.safeParse(reading.event);
  if (!parsed.success) return undefined; // the messages tab
  return {
    kind: "command",
    id: reading.id,
    connection: reading.workspace.ref,
    at: reading.at ?? new Date(reading.clock()),
    from: await reading.certain({ id: parsed.data.user }),
    name: "home",
    text: "",
  };
}

export async function receiveNews(reading: EventReading): Promise<PlatformEvent | undefined> {
  const { type, event, workspace, rules, directory } = reading;
  switch (type) {
    case "member_joined_channel":
      return receiveJoined(reading);
    case "channel_unarchive":
    case "group_unarchive": {
      const parsed = unarchivedEvent.safeParse(event);
      if (!parsed.success) return ignored(reading, type);
      await rules.channels.noticed(workspace, parsed.data.channel);
      return opened(reading, parsed.data.channel);
    }
    case "channel_rename":
    case "group_rename": {
      const parsed = renamedEvent.safeParse(event);
      if (!parsed.success) return ignored(reading, type);
      rules.channels.renamed(workspace, parsed.data.channel.id, parsed.data.channel.name);
      return undefined;
    }
    case "user_change":
    case "team_join": {
      const parsed = userChangedEvent.safeParse(event);
      if (!parsed.success) return ignored(reading, type);
      directory.forgetUser(workspace, parsed.data.user.id);
      return undefined;
    }
    case "subteam_created":
    case "subteam_updated":
    case "subteam_members_changed":
      directory.forgetGroups(workspace);
      return undefined;
    case "emoji_changed":
      rules.emoji.changed(workspace, event);
      return undefined;
    case "app_uninstalled":
    case "tokens_revoked":
      await reading.onRevoked?.(workspace);
      return undefined;
    default:
      return ignored(reading, "event of another type");
  }
}

async function receiveJoined(reading: EventReading): Promise<PlatformEvent | undefined> {
  const { event, workspace, rules } = reading;
  const parsed = memberJoinedEvent.safeParse(event);
  if (!parsed.success) return ignored(reading, "member_joined_channel");
  if (parsed.data.user !== workspace.botUserId) return undefined;
  await rules.channels.noticed(workspace, parsed.data.channel);
  return opened(reading, parsed.data.channel);
}

/** What waited for this place can go there now. */
function opened(reading: EventReading, channelId: string): PlatformEvent {
  const { id, workspace, rules } = reading;
  const isLeads = rules.channels.leads(workspace) === channelId;
  return {
    kind: "place-opened",
    id,
    connection: workspace.ref,
    at: reading.at ?? new Date(reading.clock()),
    place: isLeads ? { kind: "leads" } : { kind: "channel", channelId },
  };
}
