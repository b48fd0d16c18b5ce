/** The yes: a schedule is kept, switched or put away; or what to do when somebody else was faster. */
import { mergeSchedules } from "../../configuration/merge.ts";
import type { Work } from "../../engine.ts";
import { listVersions } from "../../store/schedule-versions.ts";
import { applyFromChat } from "../apply.ts";
import type { DraftContext, DraftPress, DraftStep } from "../draft-kind.ts";
import { contentOf } from "./begin.ts";
import type { ScheduleContent } from "./content.ts";
import { lookAhead } from "./look.ts";
import { reviewOf } from "./review.ts";
import { reviewCard } from "./review-card.ts";
import { changesOf, sayWith, surveysWith } from "./yes.ts";

type Context = DraftContext & { readonly work: Work };

/** Saved as it stands, and on or off as was pressed. What does not fit any more is shown instead. */
export async function pressSave(
  context: Context,
  press: DraftPress<ScheduleContent>,
): Promise<DraftStep> {
  const { draft, action, value } = press;
  const review = await reviewOf(context, draft);
  const { definition, problems, stale, current, asks, broken } = review;
  if (definition === undefined || problems.length > 0 || stale !== undefined) {
    return { reply: { kind: "update", message: reviewCard(context, review, undefined) } };
  }
  const surveys = surveysWith(asks).find((each) => sayWith(each) === value);
  // Its surveys are otherwise than when the button was shown: that is looked at anew.
  if (action === "on" && (surveys === undefined || broken.length > 0))
    return lookAhead(context, draft, {}, press);
  const changes = changesOf(action, { definition, current }, surveys ?? []);
  const { message, update } = await applyFromChat(context, changes, { origin: "chat", draft });
  return { ...(update === undefined ? {} : { update }), reply: { kind: "update", message } };
}

/** Somebody saved another version meanwhile: theirs is looked at, or one's own on top of it. */
export async function pressStale(
  context: Context,
  press: DraftPress<ScheduleContent>,
): Promise<DraftStep> {
  const { draft, action } = press;
  const { current, definition } = await reviewOf(context, draft);
  if (current === undefined) return lookAhead(context, draft, {}, press);
  const { version, definition: theirs } = current;
  if (action === "theirs") {
    return lookAhead(context, draft, { base: version, content: contentOf(current) }, press);
  }
  const { id } = context.reader.workspace;
  const versions = await listVersions(context.db, id, theirs.name);
  const base = versions.find((each) => each.version === draft.base)?.definition;
  // Theirs stays where one's own draft changes nothing.
  const merged =
    base && definition && mergeSchedules({ base, mine: definition, theirs }).definition;
  const written = merged ?? definition ?? draft.content.written;
  const content = { ...draft.content, written: written && { ...written } };
  return lookAhead(context, draft, { base: version, content }, press);
}
