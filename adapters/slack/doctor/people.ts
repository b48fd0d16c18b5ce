/** Are the user groups and users of the settings there? */
import type { Finding } from "../../../src/platform.ts";
import { fine, mended } from "../../common/findings.ts";
import { isNamed, loadGroups, loadPerson, type UserGroup } from "../directory/people.ts";
import { readRules } from "../directory/roles.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";
import { about, failed } from "./findings.ts";

const lists = [
  ["team", "SLACK_TEAM"],
  ["leads", "SLACK_LEADS"],
  ["admins", "SLACK_ADMINS"],
] as const;

/** User groups and users, which of them are missing, which are empty. */
export async function* checkPeople(
  options: SlackOptions,
  workspaces: readonly SlackWorkspace[],
): AsyncIterable<Finding> {
  const rules = readRules(options);
  const groups: UserGroup[] = [];
  if (lists.some(([list]) => rules[list].groups.length > 0)) {
    for (const workspace of workspaces) {
      try {
        groups.push(...(await loadGroups(workspace)));
      } catch (error) {
        yield failed(about(workspace, "user groups"), error);
        return;
      }
    }
  }
  for (const [list, setting] of lists) {
    for (const name of rules[list].groups) yield judgeGroup(name, setting, groups);
    for (const id of rules[list].users) yield await judgeUser(id, setting, workspaces);
  }
  if (rules.leads.groups.length + rules.leads.users.length === 0 && !rules.leads.home) {
    yield fine("Slack leads", "none are set: only admins see answers (SLACK_LEADS)");
  }
  if (rules.ownersAreAdmins) {
    const says = "none are set: owners and admins of the workspace are; SLACK_ADMINS names others";
    yield fine("Slack admins", says);
  }
}

function judgeGroup(name: string, setting: string, groups: readonly UserGroup[]): Finding {
  const check = `Slack ${setting}`;
  const named = groups.filter((group) => isNamed(group, name));
  const shown = /^S[A-Z0-9]{4,}$/.test(name) ? name : `@${name}`;
  const [found] = named;
  if (found === undefined) {
    const mend = `Check the handle in Slack (Directories, User groups), or name users by id (U…) in ${setting}.`;
    return mended(check, `there is no user group ${shown}`, mend);
  }
  const people = new Set(named.flatMap(({ members }) => [...members])).size;
  if (people === 0) {
    return mended(check, `the user group @${found.handle} is empty`, "Add its members in Slack.");
  }
  return fine(check, `@${found.handle}, ${people === 1 ? "1 person" : `${people} people`}`);
}

async function judgeUser(
  id: string,
  setting: string,
  workspaces: readonly SlackWorkspace[],
): Promise<Finding> {
  const check = `Slack ${setting}`;
  try {
    for (const workspace of workspaces) {
      const person = await loadPerson(workspace, id);
      if (person.name !== undefined) return fine(check, `${id} is there`);
    }
  } catch (error) {
    return failed(check, error);
  }
  const mend = `Copy the id from the person's profile in Slack (More, Copy member ID) into ${setting}.`;
  return mended(check, `there is no user ${id}`, mend);
}
