/** Op 8: members of a guild asked for by their ids ("Gateway Events", section on Request Guild Members). */
import { z } from "zod";
import { snowflake } from "./form.ts";
import type { Gateway, GatewayWorld, Session } from "./gateway.ts";
import { MEMBERS_NONCE_BYTES, REQUESTED_MEMBERS } from "./limits.ts";
import { memberJson } from "./wire.ts";

const request = z.strictObject({
  guild_id: snowflake,
  // "or": whoever asks by ids asks for nothing else; a search and the whole list are not here.
  user_ids: z.union([snowflake, z.array(snowflake).max(REQUESTED_MEMBERS)]),
  limit: z.int().min(0).optional(),
  presences: z.literal(false).optional(),
  nonce: z.string().optional(),
});

/** Answers with one GUILD_MEMBERS_CHUNK, or says which code ends the connection. */
export function takeMembersRequest(
  { state }: GatewayWorld,
  gateway: Gateway,
  session: Session,
  d: unknown,
): number | undefined {
  const parsed = request.safeParse(d);
  if (!parsed.success) return 4002;
  const { guild_id, user_ids, nonce } = parsed.data;
  const guild = state.guilds.get(guild_id);
  // About a guild that this session knows nothing of nothing is said.
  if (guild?.bot !== "in" || !gateway.hears(session, guild)) return undefined;
  const wanted = [user_ids].flat();
  const found = wanted.flatMap((id) => guild.members.get(id) ?? []);
  const echoed = nonce !== undefined && Buffer.byteLength(nonce) <= MEMBERS_NONCE_BYTES;
  gateway.push(session, "GUILD_MEMBERS_CHUNK", {
    guild_id,
    members: found.map((member) => memberJson(member)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: wanted.filter((id) => !guild.members.has(id)),
    ...(echoed ? { nonce } : {}),
  });
  return undefined;
}
