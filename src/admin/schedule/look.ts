/** Looking ahead before a yes: the answer to a press comes when that is worked out. */

import type { Engine } from "../../engine.ts";
import type { EventOf, Message } from "../../platform.ts";
import type { DraftUpdate } from "../../store/drafts.ts";
import type { DraftContext, DraftStep } from "../draft-kind.ts";
import { withStopped } from "../stop/stopped.ts";
import { withPicture } from "./ahead-picture.ts";
import type { ScheduleContent, ScheduleDraft } from "./content.ts";
import { foresee } from "./foresee.ts";
import { reviewOf } from "./review.ts";
import { reviewCard } from "./review-card.ts";
import { keptWith, surveysWith } from "./yes.ts";

/** Keeps what is otherwise now; then the card with the look ahead. */
export function lookAhead(
  context: DraftContext,
  draft: ScheduleDraft,
  update: DraftUpdate & { readonly content?: ScheduleContent },
  { event }: { readonly event: Pick<EventOf<"action">, "pictures"> },
): DraftStep {
  const { engine, reader } = context;
  const now = { ...draft, ...update, content: update.content ?? draft.content };
  return {
    ...(Object.keys(update).length === 0 ? {} : { update }),
    reply: { kind: "nothing" },
    later: async () => {
      const message = await cardAhead(engine, reader, now, event.pictures !== false);
      return { kind: "update", message };
    },
  };
}

/** The card of a draft with the look ahead. Call it outside of any transaction. */
export async function cardAhead(
  engine: Engine,
  reader: DraftContext["reader"],
  draft: ScheduleDraft,
  pictures: boolean,
): Promise<Message> {
  const context = { engine, reader, db: engine.db, now: engine.clock.now() };
  const review = await reviewOf(context, draft);
  const { definition, problems, stale, current, asks } = review;
  const isFit = definition !== undefined && problems.length === 0 && stale === undefined;
  if (!isFit || draft.content.goal === "archive") return reviewCard(context, review, undefined);
  const [surveys = []] = surveysWith(asks);
  const changes = keptWith({ definition, current }, surveys);
  const preview = await foresee(engine, reader.workspace, definition.name, changes);
  const card = await withStopped(context, reviewCard(context, review, preview));
  return pictures ? withPicture(card, preview, reader.language, engine.log) : card;
}
