/** A button of changes that were made, wait for a second admin, or met somebody else's. */
import { readerOf, refuse } from "../commands/reader.ts";
import { doWork, type Engine } from "../engine.ts";
import { type TextKey, textsFor } from "../locales/index.ts";
import { lineReply } from "../messages.ts";
import type { EventOf, Reply } from "../platform.ts";
import { type ChangeSet, lockChangeSet } from "../store/change-sets.ts";
import type { Connection } from "../store/connections.ts";
import { lockDraft } from "../store/drafts.ts";
import { noteEvent } from "../store/inbox.ts";
import type { TokenContent } from "../surveys/tokens.ts";
import type { ChangeContext } from "./apply.ts";
import { foreseeChanges } from "./change-ahead.ts";
import { setCard } from "./change-set-card.ts";
import { approve, refuseChanges, withdraw } from "./decide-change-set.ts";
import { proposerGone } from "./proposer.ts";
import { leave, putOnTop, rebaseDraft } from "./resolve-conflict.ts";
import { undoSet } from "./undo-set.ts";

/** Who may set something up. */
const ADMINS = ["admin"] as const;

/** A set whose changes this program knows. */
export type KnownSet = ChangeSet & { readonly changes: NonNullable<ChangeSet["changes"]> };

type Press = (context: ChangeContext, set: KnownSet) => Promise<Reply>;

const presses: Readonly<Record<string, Press>> = {
  undo: undoSet,
  approve,
  refuse: refuseChanges,
  withdraw,
  "on-top": putOnTop,
  rebase: rebaseDraft,
  leave,
};

export async function pressChangeSet(
  engine: Engine,
  connection: Connection,
  event: EventOf<"action">,
  content: TokenContent,
): Promise<Reply> {
  const reader = await readerOf(engine, connection, event.from);
  if (reader.person.role !== "admin") return refuse(engine, reader, ADMINS);
  const { workspace, language } = reader;
  const { question = "", changeSetId = "" } = content;
  const gone = question === "approve" && (await proposerGone(engine, reader, changeSetId));
  if (gone) return gone;
  const told = (key: TextKey) => lineReply(language, textsFor(language).text(key));
  const { reply, looks } = await doWork(engine, async (work): Promise<Step> => {
    const { transaction: db, now } = work;
    const fresh = await noteEvent(db, workspace.id, connection.id, event.id, event.kind);
    const set = await lockChangeSet(db, workspace.id, changeSetId);
    if (set === undefined) return { reply: told("change.gone") };
    const { changes } = set;
    if (changes === undefined) return { reply: told("change.unknown") };
    const context = { engine, db, now, reader, connection, work };
    const press = Object.hasOwn(presses, question) ? presses[question] : undefined;
    // One that only looks, or the same press once more.
    if (press === undefined) return { reply: { kind: "nothing" }, looks: set };
    if (!fresh) return { reply: { kind: "update", message: await setCard(context, set) } };
    // Drafts before the configuration, as their own buttons do.
    if (set.draftId !== null) await lockDraft(db, workspace.id, set.draftId);
    return { reply: await press(context, { ...set, changes }) };
  });
  if (looks === undefined) return reply;
  const again = question === "ahead" ? "ahead" : "look";
  const { changes = [], state } = looks;
  const ahead = state === "proposed" ? await foreseeChanges(engine, workspace, changes) : undefined;
  const context = { engine, db: engine.db, now: engine.clock.now(), reader };
  return { kind: "update", message: await setCard(context, looks, { ahead, again }) };
}

/** What a press leads to: an answer, or a set that is looked at when the transaction is over. */
interface Step {
  readonly reply: Reply;
  readonly looks?: ChangeSet;
}
