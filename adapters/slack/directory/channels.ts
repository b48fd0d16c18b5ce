/** Which channels are support channels and which one is the leads', by id or by #name. */
import { z } from "zod";
import { hasCode } from "../../../src/errors.ts";
import { isRefusal, slackError } from "../errors.ts";
import { persist } from "../patience.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import type { Workspaces } from "../workspaces.ts";

/** A workspace of a hundred thousand channels has 100 pages; more we do not read. */
const MAX_PAGES = 100;
const PAGE = 1000;

export interface Channels {
  /**
   * Asks Slack for the configured channels. What is not there or may not be read is logged, with
   * advice. @throws AppError when Slack cannot be asked now.
   */
  resolve(pauses?: readonly number[]): Promise<void>;
  /** "#name" of a support channel, or undefined. */
  support(workspace: SlackWorkspace, channelId: string): string | undefined;
  /** Id of the leads' channel. */
  leads(workspace: SlackWorkspace): string | undefined;
  /** We were invited, or it was unarchived: it may be one of ours by its name. */
  noticed(workspace: SlackWorkspace, channelId: string): Promise<void>;
  renamed(workspace: SlackWorkspace, channelId: string, name: string): void;
}

interface Known {
  readonly support: Map<string, string>;
  leads: string | undefined;
}

interface Found {
  readonly id: string;
  readonly name: string;
}

/** Configured entries: C…, G… and D… are ids, everything else is a name. */
function readEntries(entries: readonly string[]): readonly string[] {
  return entries.map((entry) => entry.trim().replace(/^#/, "")).filter(Boolean);
}

const isId = (entry: string) => /^[CGD][A-Z0-9]{4,}$/.test(entry);

export function createChannels(
  options: Pick<SlackOptions, "supportChannels" | "leadsChannels" | "log">,
  workspaces: Workspaces,
): Channels {
  const support = readEntries(options.supportChannels);
  const leads = readEntries(options.leadsChannels);
  const wanted = [...new Set([...support, ...leads])];
  const { log } = options;
  const known = new Map<string, Known>();
  const knownIn = ({ ref }: SlackWorkspace): Known => {
    const here = known.get(ref.externalId) ?? { support: new Map(), leads: undefined };
    known.set(ref.externalId, here);
    return here;
  };
  const take = (workspace: SlackWorkspace, { id, name }: Found) => {
    const here = knownIn(workspace);
    const isIn = (entries: readonly string[]) => entries.includes(id) || entries.includes(name);
    if (isIn(support) || here.support.has(id)) here.support.set(id, name);
    if (isIn(leads)) here.leads ??= id;
    if (isIn(wanted) || here.support.has(id)) workspaces.learn(id, workspace);
  };

  return {
    async resolve(pauses) {
      const found = new Set<string>();
      for (const workspace of workspaces.all) {
        for (const channel of await findAll(workspace, wanted, log, pauses)) {
          take(workspace, channel);
          found.add(channel.id).add(channel.name);
        }
      }
      const missing = wanted.filter((entry) => !found.has(entry));
      if (missing.length === 0) return;
      const advice = "Invite the app to it (/invite), or check its id or name.";
      log.warn({ channels: missing, advice }, "configured Slack channels were not found");
    },
    support(workspace, channelId) {
      const name = known.get(workspace.ref.externalId)?.support.get(channelId);
      return name === undefined ? undefined : `#${name}`;
    },
    leads: (workspace) => known.get(workspace.ref.externalId)?.leads,
    async noticed(workspace, channelId) {
      const channel = await look(workspace, channelId).catch((error: unknown) => {
        log.warn({ error: slackError(error, "read") }, "a Slack channel could not be read");
        return { id: channelId, name: channelId };
      });
      if (channel !== undefined) take(workspace, channel);
    },
    renamed(workspace, id, name) {
      const old = knownIn(workspace).support.get(id);
      if (old !== undefined && support.includes(old) && !support.includes(id)) {
        const advice = "Put the channel's id into SLACK_SUPPORT_CHANNELS before the next restart.";
        log.warn({ channel: id, advice }, "a support channel was renamed");
      }
      take(workspace, { id, name });
    },
  };
}

/** A configured id serves even when Slack cannot tell its name. */
async function findAll(
  workspace: SlackWorkspace,
  wanted: readonly string[],
  log: SlackOptions["log"],
  pauses?: readonly number[],
): Promise<Found[]> {
  const ids = wanted.filter(isId);
  const names = wanted.filter((entry) => !isId(entry));
  const found: Found[] = [];
  for (const id of ids) {
    try {
      const channel = await persist(() => look(workspace, id), pauses);
      if (channel !== undefined) found.push(channel);
    } catch (error) {
      if (hasCode(error, "unreachable")) continue; // another workspace's
      if (!hasCode(error, "bad-setting")) throw error;
      log.warn({ channel: id, error }, "a Slack channel could not be read");
      found.push({ id, name: id });
    }
  }
  if (names.length === 0) return found;
  try {
    found.push(...(await search(workspace, names, pauses)));
  } catch (error) {
    if (!hasCode(error, "bad-setting")) throw error;
    const advice = "Give channels by id (C…), or grant channels:read and groups:read.";
    log.warn({ error, advice }, "the list of Slack channels could not be read");
  }
  return found;
}

const channel = z.object({ id: z.string(), name: z.string().catch("") });
const info = z.object({ channel });
const page = z.object({
  channels: z.array(channel),
  response_metadata: z
    .object({ next_cursor: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

async function look(workspace: SlackWorkspace, id: string): Promise<Found | undefined> {
  try {
    const found = info.parse(await workspace.client.conversations.info({ channel: id })).channel;
    return { id: found.id, name: found.name || found.id };
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return undefined;
    throw error;
  }
}

/** Walks the list until all names are found. An organisation has a list for each workspace. */
async function search(
  workspace: SlackWorkspace,
  names: readonly string[],
  pauses?: readonly number[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const team of workspace.teams ?? [undefined]) {
    let cursor: string | undefined;
    for (let pages = 0; pages < MAX_PAGES && found.length < names.length; pages += 1) {
      const list = await persist(
        () =>
          workspace.client.conversations.list({
            types: "public_channel,private_channel",
            exclude_archived: true,
            limit: PAGE,
            ...(cursor === undefined ? {} : { cursor }),
            ...(team === undefined ? {} : { team_id: team }),
          }),
        pauses,
      );
      const { channels, response_metadata } = page.parse(list);
      found.push(...channels.filter(({ name }) => names.includes(name)));
      cursor = response_metadata?.next_cursor || undefined;
      if (cursor === undefined) break;
    }
  }
  return found;
}
