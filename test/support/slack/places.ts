/** Where somebody is: a channel of the test, its id, or the direct message with the bot. */
import type { Channel, Member, Team } from "./model.ts";
import type { World } from "./world.ts";

/** "dm" is the direct message with the bot. */
export type Place = { readonly id: string } | "dm" | (string & {});

/** The workspace whose installation serves this person: their own, or one they share a channel with. */
export function installationFor(world: World, member: Member): Team {
  if (member.team.installed) return member.team;
  const shared = [...world.state.channels.values()]
    .filter((channel) => channel.members.has(member.id) || channel.teams.includes(member.team))
    .flatMap((channel) => channel.teams)
    .find((team) => team.installed);
  if (shared === undefined) throw new Error(`${member.name} shares no channel with the app.`);
  return shared;
}

/** The installation that answers in this channel. */
export function installationIn(world: World, channel: Channel, member: Member): Team {
  const here = channel.teams.find((team) => team.installed && channel.members.has(team.bot.userId));
  return here ?? channel.teams.find((team) => team.installed) ?? installationFor(world, member);
}

/** The channel behind a place; the direct message is opened when it is not there yet. */
export function channelAt(world: World, member: Member, place: Place): Channel {
  if (place === "dm") return world.state.openDirect(installationFor(world, member), member.id);
  const id = typeof place === "string" ? place : place.id;
  const channel = world.state.channels.get(id);
  if (channel === undefined) throw new Error(`There is no channel ${id}.`);
  return channel;
}
