/**
 * What the core has granted, for what an adapter decides by itself: whose message begins a chat, whose
 * mark closes one. What somebody may see or change the core decides, at each use.
 */
import {
  type ConnectionRef,
  type CoreServices,
  type Granted,
  highest,
  type PlatformUser,
  type Role,
} from "../../src/platform.ts";
import { createMemo } from "./memo.ts";

/** Short, so that somebody who is named answers customers at once; long enough for a busy channel. */
const TTL_MS = 5_000;
const MAX_CONNECTIONS = 1000;

export interface Grants {
  /** Nothing as long as there is no core to ask. @throws what the core throws. */
  of(connection: ConnectionRef): Promise<Granted>;
  /** Asks this core from now on. */
  ask(core: Pick<CoreServices, "granted">): void;
}

const nothing: Granted = { users: new Map(), groups: new Map() };

export function createGrants(now: () => number): Grants {
  let core: Pick<CoreServices, "granted"> | undefined;
  const memo = createMemo({
    load: async (key) => {
      const [platform = "", externalId = ""] = key.split(" ");
      return (await core?.granted({ platform, externalId })) ?? nothing;
    },
    ttl: () => TTL_MS,
    max: MAX_CONNECTIONS,
    now,
  });
  return {
    of: async ({ platform, externalId }) =>
      core === undefined ? nothing : memo.read(`${platform} ${externalId}`),
    ask(asked) {
      core = asked;
    },
  };
}

/** Somebody with the role that was granted to them or to one of their groups, where it is higher. */
export function withGrants(user: PlatformUser, { users, groups }: Granted): PlatformUser {
  if (user.bot === true) return user;
  const granted = [users.get(user.externalId), ...(user.groups ?? []).map((id) => groups.get(id))];
  const known = granted.filter(
    (role): role is Exclude<typeof role, undefined> => role !== undefined,
  );
  const role: Role = highest(user.role, ...known);
  return role === user.role ? user : { ...user, role, ownRole: user.role };
}
