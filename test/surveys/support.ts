/** Questions of schedules in the world's workspace, without the schedules. */

import { newId } from "../../src/store/ids.ts";
import type { InvitationKind } from "../../src/store/schema.ts";
import { dana, type World } from "../support/world.ts";

const DAY = 24 * 60 * 60_000;

/** Asks somebody, whom a chat of theirs made known, by one of the workspace's surveys. */
export async function asks(
  world: World,
  {
    survey,
    kind,
    customer = dana,
  }: { survey: string; kind: InvitationKind; customer?: typeof dana },
): Promise<string> {
  const { workspaceId, engine } = world;
  const { db } = engine;
  await world.says(customer, { externalId: `D-${survey}`, channel: "#help" }, "Hello");
  const known = await db
    .selectFrom("identities as i")
    .innerJoin("surveys as s", "s.workspace_id", "i.workspace_id")
    .select(["i.person_id", "i.connection_id", "s.id as survey_id", "s.version"])
    .where("i.workspace_id", "=", workspaceId)
    .where("i.external_id", "=", customer.externalId)
    .where("s.key", "=", survey)
    .executeTakeFirstOrThrow();
  const id = newId();
  const now = world.clock.now();
  await db
    .insertInto("invitations")
    .values({
      ...{ workspace_id: workspaceId, id, kind, state: "planned", due_at: now },
      ...{ person_id: known.person_id, connection_id: known.connection_id },
      ...{ survey_id: known.survey_id, survey_version: known.version },
      reason_key: `test:${id}`,
      expires_at: new Date(now.getTime() + 7 * DAY),
    })
    .execute();
  await world.settle();
  return id;
}
