/**
 * What schedules do while the process dies: somebody is met, planned for, asked and reminded; somebody
 * else is meant by a cron expression that fires once.
 */
import type { CrashPoint } from "../../src/engine.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { type Session, waitFor } from "./session.ts";
import type { Wire } from "./wire.ts";

const points: ReadonlySet<CrashPoint> = new Set([
  "plan.before_commit",
  "run.before_commit",
  "decide.before_commit",
  "decide.after_commit",
  "remind.before_commit",
]);

/** Whether a point is reached by schedules and not in a chat. */
export function isOfSchedules(point: CrashPoint): boolean {
  return points.has(point);
}

/** Languages by which the two schedules of the victim tell whom they mean. */
export const MET = "fr";
export const MEANT = "de";

/** What the process is told to do with its clocks, besides events. */
export type Hands =
  | { readonly kind: "remind"; readonly id: string }
  | { readonly kind: "fire"; readonly id: string; readonly fireAt: string };

/** Gives who was asked because they were met, and who because the expression fired. */
export async function playSchedules(
  session: Session,
  wire: Wire,
  index: number,
): Promise<{ met: string; meant: string }> {
  const met = `V-${index}`;
  const meant = `W-${index}`;
  for (const [id, locale] of [
    [met, MET],
    [meant, MEANT],
  ] as const) {
    const from: PlatformUser = { externalId: id, name: id, role: "customer", locale };
    const chat = { externalId: `D-${id}`, channel: "#help" };
    const said = { text: "hello", public: true } as const;
    await session.deliver({ id: `${id}-m`, kind: "chat-message", chat, from, ...said });
  }
  const to = (person: string, count: number) =>
    waitFor(session, () => {
      const found = wire.messages.filter((each) => isTo(each.to, person));
      return found.length >= count ? true : undefined;
    });
  await to(met, 1);
  await session.deliver({ id: `${met}-remind`, kind: "remind" });
  const fireAt = new Date().toISOString();
  await session.deliver({ id: `${meant}-fire`, kind: "fire", fireAt });
  await to(met, 2);
  await to(meant, 1);
  return { met, meant };
}

export function isTo(to: { readonly kind: string; readonly userId?: string }, person: string) {
  return to.kind === "direct" && to.userId === person;
}
