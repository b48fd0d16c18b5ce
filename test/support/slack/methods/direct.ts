/** Opening a direct message with a person, and why that may fail ("conversations.open", errors). */
import type { Channel, Team } from "../model.ts";
import { Refusal } from "../refusal.ts";
import type { World } from "../world.ts";

export function openDirect(world: World, team: Team, userId: string): Channel {
  const person = world.state.member(userId);
  if (person === undefined || !canSee(world, team, userId)) throw new Refusal("user_not_found");
  if (person.deactivated) throw new Refusal("user_disabled");
  if (person.bot) throw new Refusal("cannot_dm_bot");
  if (person.dm === "blocked") {
    throw new Refusal(person.team === team ? "cannot_dm_bot" : "user_not_visible");
  }
  return world.state.openDirect(team, userId);
}

/** People of the workspace, and those it shares a channel with. */
export function canSee(world: World, team: Team, userId: string): boolean {
  return (
    team.members.has(userId) ||
    [...world.state.channels.values()].some(
      (channel) => channel.teams.includes(team) && channel.members.has(userId),
    )
  );
}
