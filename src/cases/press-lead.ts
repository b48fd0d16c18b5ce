/** Claim, take over, escalate, open again: what a lead does with one press. */
import type { Reply } from "../platform.ts";
import { addCaseEvent } from "../store/case-events.ts";
import { decideClaim } from "./case.ts";
import { escalate } from "./escalate.ts";
import type { Press } from "./press.ts";
import { changed, nameOf, ownCard, say, shown } from "./press-common.ts";
import { reopenCase } from "./reopen.ts";
import { noteTo, postCard, tell } from "./thread.ts";

/** Of two at the same instant one has it, and the other is told who. */
export async function pressClaim(press: Press, takeOver: boolean): Promise<Reply> {
  const { engine, work, workspaceId, person, c } = press;
  const decision = decideClaim(c, person.id, takeOver);
  switch (decision) {
    case "closed":
      return say(press, "case.notice.closed");
    case "yours":
      return say(press, "case.notice.yours");
    case "somebody-else":
      return say(press, "case.notice.claimed", { person: await nameOf(press, c.ownerId) });
    case "claimed":
    case "taken-over": {
      const before = c.ownerId;
      const event = { kind: "claimed", actorId: person.id } as const;
      await addCaseEvent(work.transaction, workspaceId, c.id, work.now, event);
      const reply = await changed(press, { ownerId: person.id, claimedAt: work.now });
      await tell(engine, work, workspaceId, c, {
        key: before === null ? "case.told.claimed" : "case.told.taken-over",
        params: { person: person.name },
      });
      if (before !== null)
        await noteTo(engine, work, workspaceId, c, before, "case.note.taken-over");
      return reply;
    }
  }
}

/** To whoever cases go that are overdue, before they are. */
export async function pressEscalate(press: Press): Promise<Reply> {
  const { engine, work, workspaceId, person, c } = press;
  if (c.state === "closed") return say(press, "case.notice.closed");
  if (c.escalatedAt !== null) return say(press, "case.notice.escalated");
  return shown(press, await escalate(engine, work, workspaceId, c, person));
}

/** Closed by mistake, or there is more to say. */
export async function pressReopen(press: Press): Promise<Reply> {
  const { engine, work, workspaceId, person, c } = press;
  if (c.state !== "closed") return say(press, "case.notice.open");
  const again = await reopenCase(work, workspaceId, c);
  if (again.id !== c.id) return say(press, "case.notice.another", { number: again.number });
  const details = { reopened: true };
  const event = { kind: "woken", actorId: person.id, details } as const;
  await addCaseEvent(work.transaction, workspaceId, c.id, work.now, event);
  await postCard(engine, work, workspaceId, again);
  await tell(engine, work, workspaceId, again, {
    key: "case.told.reopened",
    params: { person: person.name },
  });
  return shown(press, again);
}

/** A copy of the card, for whoever looks at a list. */
export async function pressCard(press: Press): Promise<Reply> {
  return { kind: "message", message: await ownCard(press, press.c) };
}
