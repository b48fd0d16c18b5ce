/** Registering commands, for everybody or in one guild ("Application Commands"). */
import { z } from "zod";
import type { Command, CommandOption } from "../command-rules.ts";
import type { Guild, Json } from "../model.ts";
import { bodyOf, done, type Incoming, ok, queryOf, type Route, route } from "../route.ts";
import type { World } from "../world.ts";
import { checkApplication } from "./self.ts";

const places = [
  "/applications/:application/commands",
  "/applications/:application/guilds/:guild/commands",
] as const;

/** "Get Guild Application Command Permissions": nobody has changed any under Integrations. */
const permissionRoute = route(
  "GET /applications/:application/guilds/:guild/commands/permissions",
  (world, incoming) => {
    guildOf(world, incoming);
    return ok([]);
  },
);

const listRoutes: readonly Route[] = places.flatMap((path) => [
  route(`GET ${path}`, (world, incoming) => {
    const { with_localizations: all } = queryOf(incoming, {
      with_localizations: z.enum(["true", "false"]).optional(),
    });
    const guild = guildOf(world, incoming);
    return ok(
      world.registry
        .list(guild)
        .map((command) => commandJson(world, command, guild, all === "true")),
    );
  }),
  route(`PUT ${path}`, (world, incoming) => {
    const forms = bodyOf(incoming, z.array(z.unknown()));
    const guild = guildOf(world, incoming);
    const commands = world.registry.overwrite(guild, forms);
    return ok(commands.map((command) => commandJson(world, command, guild, true)));
  }),
  route(`POST ${path}`, (world, incoming) => {
    const guild = guildOf(world, incoming);
    const { command, fresh } = world.registry.create(guild, incoming.body);
    return { status: fresh ? 201 : 200, body: commandJson(world, command, guild, true) };
  }),
  route(`DELETE ${path}/:command`, (world, incoming) => {
    world.registry.remove(guildOf(world, incoming), incoming.param("command"));
    return done;
  }),
]);

export const commandRoutes: readonly Route[] = [...listRoutes, permissionRoute];

function guildOf(world: World, incoming: Incoming): Guild | undefined {
  checkApplication(world, incoming.param("application"));
  const id = incoming.param("guild");
  return id === "" ? undefined : world.state.guild(id);
}

/**
 * As Discord keeps it: with everything that was left out, and without what says nothing.
 * `localized: false`: lists leave the translations out unless they are asked for.
 */
function commandJson(world: World, command: Command, guild: Guild | undefined, localized: boolean) {
  const { options, contexts, integration_types, dm_permission, ...own } = command;
  const whole = {
    ...translated(own),
    application_id: world.app.id,
    version: command.id,
    description: command.description ?? "",
    default_member_permissions: command.default_member_permissions ?? null,
    nsfw: command.nsfw ?? false,
    ...listed("options", options?.map(optionJson)),
    ...(guild === undefined
      ? {
          contexts: contexts ?? null,
          integration_types: integration_types ?? [0],
          dm_permission: dm_permission ?? contexts?.includes(1) ?? true,
        }
      : { guild_id: guild.id }),
  };
  return localized ? whole : withoutTranslations(whole);
}

/** What is not required and does not complete does not say so; which is a guess. */
function optionJson({ required, autocomplete, choices, options, ...own }: CommandOption): Json {
  return {
    ...translated(own),
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...listed(
      "choices",
      choices?.map(({ name_localizations = null, ...choice }) => ({
        ...choice,
        name_localizations,
      })),
    ),
    ...listed("options", options?.map(optionJson)),
  };
}

const translated = (own: Json): Json => ({
  ...own,
  name_localizations: own.name_localizations ?? null,
  description_localizations: own.description_localizations ?? null,
});

/** An empty list is left out; which is a guess too. */
const listed = (name: string, list: readonly Json[] | undefined): Json =>
  list === undefined || list.length === 0 ? {} : { [name]: list };

function withoutTranslations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTranslations);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.endsWith("_localizations"))
      .map(([key, inner]) => [key, withoutTranslations(inner)]),
  );
}
