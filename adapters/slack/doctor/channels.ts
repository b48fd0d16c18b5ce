/** Are the configured channels there, open, and are we in them? */
import { z } from "zod";
import type { Finding } from "../../../src/platform.ts";
import { isRefusal } from "../errors.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import { about, failed, fine, mended } from "./findings.ts";

const channel = z.object({
  id: z.string(),
  name: z.string().catch(""),
  is_archived: z.boolean().catch(false),
  is_member: z.boolean().catch(false),
  is_ext_shared: z.boolean().catch(false),
});
const one = z.object({ channel });
const page = z.object({
  channels: z.array(channel),
  response_metadata: z
    .object({ next_cursor: z.string().catch("") })
    .optional()
    .catch(undefined),
});

type Channel = z.infer<typeof channel>;

/** A channel with the workspace it was found in. */
interface Found extends Channel {
  readonly workspace: SlackWorkspace;
}

/** A hundred thousand channels: nobody waits longer for a check. */
const MOST_PAGES = 100;
const PAGE = 1000;

export async function* checkChannels(
  options: SlackOptions,
  workspaces: readonly SlackWorkspace[],
): AsyncIterable<Finding> {
  const { supportChannels, leadsChannels } = options;
  const wanted = [...supportChannels, ...leadsChannels].map(bare);
  const found: Found[] = [];
  for (const workspace of workspaces) {
    try {
      for (const each of await look(workspace, wanted)) found.push({ ...each, workspace });
    } catch (error) {
      yield failed(about(workspace, "channels"), error);
      return;
    }
  }
  const matches = (entry: string) =>
    found.filter(({ id, name }) => id === bare(entry) || name === bare(entry));
  if (supportChannels.length === 0) yield noSupportChannel();
  for (const entry of supportChannels) {
    yield* judge(entry, matches(entry), "support channel", "SLACK_SUPPORT_CHANNELS");
  }
  if (leadsChannels.length === 0) yield noLeadsChannel();
  for (const entry of leadsChannels) {
    yield* judge(entry, matches(entry), "leads' channel", "SLACK_LEADS_CHANNEL");
  }
  yield* everybodyIsTeam(options, supportChannels.flatMap(matches));
}

function bare(entry: string): string {
  return entry.replace(/^#/, "");
}

const isId = (entry: string): boolean => /^[CG][A-Z0-9]{4,}$/.test(entry);

/** The channels of a workspace that go by one of these ids or names, archived ones too. */
async function look(workspace: SlackWorkspace, wanted: readonly string[]): Promise<Channel[]> {
  const ids = wanted.filter(isId);
  const names = wanted.filter((entry) => !isId(entry));
  const byId = await Promise.all(ids.map((id) => info(workspace, id)));
  const found = byId.filter((each) => each !== undefined);
  for (const team of names.length === 0 ? [] : (workspace.teams ?? [undefined])) {
    let cursor = "";
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const answer = await workspace.client.conversations.list({
        types: "public_channel,private_channel",
        limit: PAGE,
        ...(cursor === "" ? {} : { cursor }),
        ...(team === undefined ? {} : { team_id: team }),
      });
      const { channels, response_metadata } = page.parse(answer);
      found.push(...channels.filter(({ name }) => names.includes(name)));
      cursor = response_metadata?.next_cursor ?? "";
      if (cursor === "") break;
    }
  }
  return found;
}

async function info({ client }: SlackWorkspace, id: string): Promise<Channel | undefined> {
  try {
    return one.parse(await client.conversations.info({ channel: id })).channel;
  } catch (error) {
    if (isRefusal(error, "channel_not_found")) return undefined;
    throw error;
  }
}

function judge(entry: string, found: readonly Found[], what: string, setting: string): Finding[] {
  if (found.length > 0) return found.map((each) => judgeOne(each, what, setting));
  const mend = `Check the name in ${setting}. A private channel is seen only from inside: type /invite @aftertalk in it.`;
  return [mended(`Slack ${what} ${entry}`, "it is not found", mend)];
}

function judgeOne(found: Found, what: string, setting: string): Finding {
  const check = about(found.workspace, `${what} #${found.name}`);
  if (found.is_archived) {
    return mended(check, "it is archived", `Unarchive it, or take it out of ${setting}.`);
  }
  if (!found.is_member) {
    return mended(check, "aftertalk is not in it", `Type in #${found.name}: /invite @aftertalk`);
  }
  const shared = found.is_ext_shared ? ", and it is shared with another company" : "";
  return fine(check, `aftertalk is in it${shared}`);
}

function noSupportChannel(): Finding {
  const says = "none is set, so that no chat is followed up";
  return mended("Slack support channels", says, "Set SLACK_SUPPORT_CHANNELS, for example: #help");
}

function noLeadsChannel(): Finding {
  const says = "none is set: nobody hears of low scores by themselves (SLACK_LEADS_CHANNEL)";
  return fine("Slack leads' channel", says);
}

/** With `home` a channel of our own has no customers but guests: a mistake easily made. */
function everybodyIsTeam({ team }: SlackOptions, support: readonly Found[]): Finding[] {
  if (!team.includes("home")) return [];
  const own = support.filter(({ is_ext_shared, is_archived }) => !is_ext_shared && !is_archived);
  return own.map(({ name, workspace }) => {
    const says = `everybody of ${workspace.name} counts as team (SLACK_TEAM is home) and #${name} is not shared with another company, so that nobody but guests would be asked`;
    const mend = "Set SLACK_TEAM to those who answer: a user group (@support) or users (U…).";
    return mended(about(workspace, `team in #${name}`), says, mend);
  });
}
