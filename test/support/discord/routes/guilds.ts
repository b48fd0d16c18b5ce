/** Guilds: channels, roles, members, the audit log ("Guild", "Audit Log"). */
import { z } from "zod";
import { snowflake } from "../form.ts";
import { LARGEST_MEMBER_PAGE, LARGEST_PAGE, PAGE } from "../limits.ts";
import { isThread } from "../model.ts";
import { mayInGuild } from "../permissions.ts";
import { refused } from "../refusal.ts";
import { count, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import { auditJson, channelJson, memberJson, rolesJson, userJson } from "../wire.ts";
import type { World } from "../world.ts";

const guildOf = (world: World, incoming: Incoming) => world.state.guild(incoming.param("guild"));

export const guildRoutes: readonly Route[] = [
  route("GET /guilds/:guild/channels", (world, incoming) => {
    const channels = world.state.channelsOf(guildOf(world, incoming));
    return ok(channels.filter((channel) => !isThread(channel)).map(channelJson));
  }),
  route("GET /guilds/:guild/roles", (world, incoming) => ok(rolesJson(guildOf(world, incoming)))),
  route("GET /guilds/:guild/members/:user", (world, incoming) => {
    const id = incoming.param("user");
    const member = guildOf(world, incoming).members.get(id);
    if (!world.state.users.has(id)) throw refused("unknownUser");
    if (member === undefined) throw refused("unknownMember");
    return ok(memberJson(member));
  }),
  route("GET /guilds/:guild/members", (world, incoming) => {
    const { limit = 1, after = "0" } = queryOf(incoming, {
      limit: count(1, LARGEST_MEMBER_PAGE),
      after: snowflake.optional(),
    });
    // "List Guild Members": only with the members' intent.
    if (!world.options.privileged.includes("members")) throw refused("missingAccess");
    const members = [...guildOf(world, incoming).members.values()]
      .filter(({ user }) => BigInt(user.id) > BigInt(after))
      .sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1));
    return ok(members.slice(0, limit).map((member) => memberJson(member)));
  }),
  route("GET /guilds/:guild/audit-logs", (world, incoming) => {
    const guild = guildOf(world, incoming);
    const query = queryOf(incoming, {
      user_id: snowflake.optional(),
      action_type: z.coerce.number<string>().int().optional(),
      before: snowflake.optional(),
      after: snowflake.optional(),
      limit: count(1, LARGEST_PAGE),
    });
    if (!mayInGuild(guild, world.state.bot, "ViewAuditLog")) throw refused("missingPermissions");
    const { user_id: by, action_type: action, before, after, limit = PAGE } = query;
    const entries = guild.audit
      .filter((entry) => by === undefined || entry.userId === by)
      .filter((entry) => action === undefined || entry.action === action)
      .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before))
      .filter(({ id }) => after === undefined || BigInt(id) > BigInt(after));
    const page = after === undefined ? entries.slice(-limit).reverse() : entries.slice(0, limit);
    const users = [...new Set(page.map(({ userId }) => userId))];
    return ok({
      audit_log_entries: page.map(auditJson),
      users: users.flatMap((id) => world.state.users.get(id) ?? []).map(userJson),
      threads: [],
      webhooks: [],
      integrations: [],
      application_commands: [],
      auto_moderation_rules: [],
      guild_scheduled_events: [],
    });
  }),
];
