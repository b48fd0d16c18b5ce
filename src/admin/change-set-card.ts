/** A set of changes as it stands now: made, taken back, waiting, refused. */
import { sayMoment } from "../commands/moment.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message } from "../platform.ts";
import type { ChangeSet } from "../store/change-sets.ts";
import { readConfiguration } from "../store/read-configuration.ts";
import { beforeOf, type CardContext, setButton, UNDO_MS, whatChanges } from "./change-card.ts";
import { sayWhoOf } from "./change-people.ts";
import { ownCard, proposalCard } from "./change-proposal.ts";

/** `ahead`: of one that waits, what it would do; looked at again by the button `again`. */
export async function setCard(
  context: CardContext,
  set: ChangeSet,
  { ahead, again }: Parameters<typeof proposalCard>[3] = { again: "look" },
): Promise<Message> {
  const { db, reader } = context;
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const { changes, state, undo } = set;
  if (changes === undefined) return lineMessage(language, texts.text("change.unknown"));
  if (state === "proposed") {
    const before = await readConfiguration(db, workspace.id);
    const waiting = { id: set.id, by: set.by, changes };
    // The card in the leads' channel is for all of them, whoever pressed.
    return set.by === reader.person.id && again === "look"
      ? ownCard(context, waiting, before)
      : proposalCard(context, waiting, before, { ahead, again });
  }
  if (state === "offered") return lineMessage(language, texts.text("change.left"));
  const { who } = await sayWhoOf(db, workspace.id, texts, [set.by, set.decidedBy ?? ""]);
  const by = state === "applied" ? set.by : (set.decidedBy ?? set.by);
  const at = sayMoment(set.decidedAt ?? set.at, "moment", language, workspace.timeZone);
  const heading = texts.text("change.set", { state, name: who(by), when: at });
  const options = canUndo(set, context.now) ? [setButton(context, set.id, "undo")] : [];
  return {
    summary: heading,
    parts: [
      { kind: "heading", text: heading },
      ...(await whatChanges(context, changes, beforeOf(undo ?? []))),
      ...(options.length === 0 ? [] : [{ kind: "actions", options } as const]),
    ],
    locale: language,
  };
}

/** Made less than 24 hours ago, and not taken back. */
export function canUndo({ state, at, decidedAt, undo }: ChangeSet, now: Date): boolean {
  const since = (decidedAt ?? at).getTime();
  return state === "applied" && (undo ?? []).length > 0 && now.getTime() - since < UNDO_MS;
}
