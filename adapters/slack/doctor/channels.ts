/** Are the configured channels there, open, and are we in them? */
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { isChannelId, lookFor, readEntries, type SlackChannel } from "../directory/channel-list.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import { about, failed } from "./findings.ts";

/** A channel with the workspace it was found in. */
interface Found extends SlackChannel {
  readonly workspace: SlackWorkspace;
}

export async function* checkChannels(
  options: SlackOptions,
  workspaces: readonly SlackWorkspace[],
): AsyncIterable<Finding> {
  const supportChannels = readEntries(options.supportChannels);
  const leadsChannels = readEntries(options.leadsChannels);
  const wanted = [...supportChannels, ...leadsChannels];
  const found: Found[] = [];
  for (const workspace of workspaces) {
    try {
      for (const each of await lookFor(workspace, wanted)) found.push({ ...each, workspace });
    } catch (error) {
      yield failed(about(workspace, "channels"), error);
      return;
    }
  }
  const matches = (entry: string) => found.filter(({ id, name }) => id === entry || name === entry);
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

function judge(entry: string, found: readonly Found[], what: string, setting: string): Finding[] {
  if (found.length > 0) return found.map((each) => judgeOne(each, what, setting));
  const mend = `Check the name in ${setting}. A private channel is seen only from inside: type /invite @aftertalk in it.`;
  const shown = isChannelId(entry) ? entry : `#${entry}`;
  return [mended(`Slack ${what} ${shown}`, "it is not found", mend)];
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
