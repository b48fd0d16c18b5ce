/** Slack's channels, as operators name them and as Slack lists them. */
import { z } from "zod";
import { isRefusal } from "../errors.ts";
import { paged, pagesOf } from "../paging.ts";
import type { SlackWorkspace } from "../workspace.ts";

/** A workspace of a hundred thousand channels has 100 pages; more we do not read. */
const MAX_PAGES = 100;
const PAGE = 1000;

const channel = z.object({
  id: z.string(),
  /** "" when Slack does not tell it. */
  name: z.string().catch(""),
  is_archived: z.boolean().catch(false),
  /** We are in it. */
  is_member: z.boolean().catch(false),
  /** With another company. */
  is_ext_shared: z.boolean().catch(false),
});
const info = z.object({ channel });
const list = z.object({ channels: z.array(channel), ...paged });

export type SlackChannel = z.infer<typeof channel>;

/** Configured entries without their "#". */
export function readEntries(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => entry.trim().replace(/^#/, "")).filter(Boolean);
}

/** C…, G… and D… are ids, everything else is a name. */
export function isChannelId(entry: string): boolean {
  return /^[CGD][A-Z0-9]{4,}$/.test(entry);
}

/** A channel by its id; undefined when this workspace has none. @throws what the client throws. */
export async function loadChannel(
  { client }: SlackWorkspace,
  id: string,
): Promise<SlackChannel | undefined> {
  try {
    return info.parse(await client.conversations.info({ channel: id })).channel;
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return undefined;
    throw error;
  }
}

/** The channels that go by one of these ids or names, archived ones too. @throws what the client throws. */
export async function lookFor(
  workspace: SlackWorkspace,
  wanted: readonly string[],
): Promise<SlackChannel[]> {
  const ids = wanted.filter(isChannelId);
  const names = wanted.filter((entry) => !isChannelId(entry));
  const byId = await Promise.all(ids.map((id) => loadChannel(workspace, id)));
  const ask = <T>(call: () => Promise<T>) => call();
  const byName = await findChannels(workspace, names, { archived: true, ask });
  return [...byId.filter((each) => each !== undefined), ...byName];
}

/**
 * The channels of these names: the list is read until each of them was found. An organisation has a
 * list for each of its workspaces. `ask` may ask for a page again. @throws what the client throws.
 */
export async function findChannels(
  { client, teams }: SlackWorkspace,
  names: readonly string[],
  { archived, ask }: { archived: boolean; ask: <T>(call: () => Promise<T>) => Promise<T> },
): Promise<SlackChannel[]> {
  const found: SlackChannel[] = [];
  const missing = new Set(names);
  for (const team of teams ?? [undefined]) {
    if (missing.size === 0) break;
    const pages = pagesOf(MAX_PAGES, async (at) => {
      const call = () =>
        client.conversations.list({
          types: "public_channel,private_channel",
          exclude_archived: !archived,
          limit: PAGE,
          ...at,
          ...(team === undefined ? {} : { team_id: team }),
        });
      return list.parse(await ask(call));
    });
    for await (const { channels } of pages) {
      found.push(...channels.filter(({ name }) => names.includes(name)));
      for (const { name } of channels) missing.delete(name);
      if (missing.size === 0) break;
    }
  }
  return found;
}
