/** Finding people as an operator names them. */
import { validate } from "uuid";
import { type FoundHuman, readHumans } from "../store/identities.ts";
import type { Db } from "../store/schema.ts";

/**
 * The humans that `text` names: our id, `platform:userId`, or an address, which may be that of
 * several; none when it names nobody. Only within the workspace.
 */
export async function findHumans(db: Db, workspaceId: number, text: string): Promise<FoundHuman[]> {
  const looked = text.trim();
  if (validate(looked)) return readHumans(db, workspaceId, { by: "id", id: looked.toLowerCase() });
  const [, platform, userId] = /^([a-z][a-z0-9-]*):(.+)$/is.exec(looked) ?? [];
  if (platform !== undefined && userId !== undefined) {
    const user = { platform: platform.toLowerCase(), userId: userId.trim() };
    return readHumans(db, workspaceId, { by: "user", ...user });
  }
  if (looked.includes("@")) return readHumans(db, workspaceId, { by: "email", email: looked });
  return [];
}
