/** The bot itself: where its gateway is, who it is, its direct messages. */
import { z } from "zod";
import { snowflake } from "../form.ts";
import { applicationFlags } from "../intents.ts";
import { LARGEST_GUILD_PAGE } from "../limits.ts";
import type { Guild, User } from "../model.ts";
import { guildPermissions } from "../permissions.ts";
import { formError, refused } from "../refusal.ts";
import { bodyOf, count, ok, queryOf, type Route, route } from "../route.ts";
import { channelJson, guildSummary, userJson } from "../wire.ts";
import type { World } from "../world.ts";

export const selfRoutes: readonly Route[] = [
  route("GET /gateway/bot", (world) =>
    ok({
      url: `${world.origin().replace("http", "ws")}`,
      shards: world.options.shards,
      session_start_limit: world.gateway.startLimit(),
    }),
  ),
  route("GET /users/@me", ({ state }) => ok({ ...userJson(state.bot), verified: true, flags: 0 })),
  route("GET /users/@me/guilds", ({ state }, incoming) => {
    const query = queryOf(incoming, {
      limit: count(1, LARGEST_GUILD_PAGE),
      before: snowflake.optional(),
      after: snowflake.optional(),
      with_counts: z.enum(["true", "false"]).optional(),
    });
    const { limit = LARGEST_GUILD_PAGE, before, after = "0" } = query;
    const guilds = [...state.guilds.values()]
      .filter(({ bot }) => bot !== "out")
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .filter(({ id }) => before === undefined || BigInt(id) < BigInt(before));
    return ok(guilds.slice(0, limit).map((guild) => ownGuildJson(guild, state.bot)));
  }),
  route("GET /users/:user", ({ state }, incoming) => {
    const user = state.users.get(incoming.param("user"));
    if (user === undefined) throw refused("unknownUser");
    return ok(userJson(user));
  }),
  route(
    "POST /users/@me/channels",
    (world, incoming) => {
      const { recipient_id } = bodyOf(incoming, z.strictObject({ recipient_id: snowflake }));
      const user = world.state.users.get(recipient_id);
      if (user === undefined) throw refused("unknownUser");
      if (user.bot) throw refused("cannotSend");
      if (world.state.direct(user) === undefined) checkHurry(world);
      return ok(channelJson(world.state.openDirect(user)));
    },
    { bucket: "direct" },
  ),
  route("GET /applications/@me", (world) => ok(application(world))),
  route("GET /applications/:application", (world, incoming) => {
    if (incoming.param("application") !== world.app.id) throw refused("missingAccess");
    return ok(application(world));
  }),
  route("GET /guilds/:guild", ({ state }, incoming) => {
    queryOf(incoming, { with_counts: z.enum(["true", "false"]).optional() });
    return ok(guildSummary(state.guild(incoming.param("guild"))));
  }),
];

/** "Get Current User Guilds": less than of a guild itself. */
const ownGuildJson = (guild: Guild, bot: User) => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  banner: null,
  owner: false,
  permissions: String(guildPermissions(guild, bot)),
  features: guild.community ? ["COMMUNITY"] : [],
});

/** 40003 when many direct messages are opened in a short time. */
function checkHurry(world: World): void {
  if (world.rates.take("newDirects", "", true).wait !== undefined) throw refused("dmsTooFast");
}

function application({ app, options, state }: World) {
  return {
    id: app.id,
    name: state.bot.name,
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: applicationFlags(options.privileged),
    bot: userJson(state.bot),
    approximate_guild_count: [...state.guilds.values()].filter(({ bot }) => bot !== "out").length,
  };
}

/** For routes that carry the id of the app in their path. */
export function checkApplication(world: World, id: string): void {
  if (id !== world.app.id) {
    throw formError(["application_id"], "NUMBER_TYPE_COERCE", `The app is ${world.app.id}.`);
  }
}
