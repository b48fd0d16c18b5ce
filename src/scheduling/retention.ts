/**
 * Takes away what was kept long enough, workspace by workspace, kind by kind. Small batches, each a
 * transaction of its own: whoever is stopped goes on where they were, and several may do it at once.
 */
import type { Engine } from "../engine.ts";
import { DRAFT_DAYS } from "../store/drafts.ts";
import {
  type Batch,
  dropActivities,
  dropCaseWords,
  dropChangeSets,
  dropClosedDrafts,
  dropComments,
  dropDeliveries,
  dropEarlierComments,
  dropEvents,
  dropOpenDrafts,
  dropSignalEvents,
  dropStrangers,
  dropUnusedQuotes,
  dropViews,
  foldOldAnswers,
  loosenCases,
  loosenChats,
} from "../store/retention.ts";
import { readSettings, type WorkspaceSettings } from "../store/settings.ts";
import { inTransaction } from "../store/transaction.ts";
import { listWorkspaces } from "../store/workspaces.ts";

const HOUR_MS = 60 * 60 * 1000;
const BATCH = 500;

type Retention = WorkspaceSettings["retention"];

interface Kind {
  readonly name: string;
  /** Of the settings, in hours. A day is 24 hours, whatever the clocks of a place do. */
  readonly hours: (retention: Retention) => number;
  readonly batch: Batch;
}

const texts = ({ textsDays }: Retention) => textsDays * 24;
const answers = ({ answersDays }: Retention) => answersDays * 24;
/** As long as a button is good for something. */
const buttons = ({ deliveriesDays }: Retention) => deliveriesDays * 24;

/** In this order: what holds others back goes first. */
const kinds: readonly Kind[] = [
  { name: "comments", hours: texts, batch: dropComments },
  { name: "earlier comments", hours: texts, batch: dropEarlierComments },
  { name: "words in cases", hours: texts, batch: dropCaseWords },
  { name: "words not to be quoted", hours: texts, batch: dropUnusedQuotes },
  { name: "answers", hours: answers, batch: foldOldAnswers },
  { name: "chats", hours: answers, batch: loosenChats },
  { name: "cases", hours: answers, batch: loosenCases },
  { name: "deliveries", hours: buttons, batch: dropDeliveries },
  { name: "views", hours: buttons, batch: dropViews },
  { name: "drafts", hours: () => DRAFT_DAYS * 24, batch: dropOpenDrafts },
  { name: "closed drafts", hours: buttons, batch: dropClosedDrafts },
  { name: "changes", hours: buttons, batch: dropChangeSets },
  { name: "activity", hours: answers, batch: dropActivities },
  { name: "earlier signals", hours: answers, batch: dropSignalEvents },
  { name: "people", hours: answers, batch: dropStrangers },
  { name: "events", hours: ({ inboxHours }) => inboxHours, batch: dropEvents },
];

/** Does all that is due by the engine's clock. `onBatch` is told after each batch is committed. */
export async function runRetention(
  engine: Pick<Engine, "db" | "clock" | "log">,
  onBatch: (kind: string) => void = () => {},
): Promise<void> {
  const now = engine.clock.now().getTime();
  for (const { id } of await listWorkspaces(engine.db)) {
    const { retention } = await readSettings(engine.db, id);
    for (const { name, hours, batch } of kinds) {
      const before = new Date(now - hours(retention) * HOUR_MS);
      const gone = await runKind(engine, id, batch, before, () => onBatch(name));
      if (gone > 0) engine.log.info({ kind: name, gone }, "kept long enough");
    }
  }
}

async function runKind(
  { db }: Pick<Engine, "db">,
  workspaceId: number,
  batch: Batch,
  before: Date,
  onBatch: () => void,
): Promise<number> {
  let gone = 0;
  for (;;) {
    const n = await inTransaction(db, (trx) => batch(trx, workspaceId, before, BATCH));
    gone += n;
    if (n > 0) onBatch();
    if (n < BATCH) return gone;
  }
}
