/** Which channels are support channels and which one is the leads', by id or by #name. */
import { hasCode } from "../../../src/errors.ts";
import { slackError } from "../errors.ts";
import { persist } from "../patience.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import type { Workspaces } from "../workspaces.ts";
import { findChannels, isChannelId, loadChannel, readEntries } from "./channel-list.ts";

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
  const ids = wanted.filter(isChannelId);
  const names = wanted.filter((entry) => !isChannelId(entry));
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
    const ask = <T>(call: () => Promise<T>) => persist(call, pauses);
    found.push(...(await findChannels(workspace, names, { archived: false, ask })));
  } catch (error) {
    if (!hasCode(error, "bad-setting")) throw error;
    const advice = "Give channels by id (C…), or grant channels:read and groups:read.";
    log.warn({ error, advice }, "the list of Slack channels could not be read");
  }
  return found;
}

async function look(workspace: SlackWorkspace, id: string): Promise<Found | undefined> {
  const found = await loadChannel(workspace, id);
  return found && { id: found.id, name: found.name || found.id };
}
