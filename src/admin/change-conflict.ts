/** The card of changes that do not fit any more: what somebody else saved, and what can be done now. */
import type { Conflict } from "../configuration/change.ts";
import { textsFor } from "../locales/index.ts";
import { lineMessage } from "../messages.ts";
import type { Message } from "../platform.ts";
import type { DraftContext, OpenDraft } from "./draft-kind.ts";

export async function conflictCard(
  { reader }: DraftContext,
  _conflicts: readonly Conflict[],
  _draft: OpenDraft<unknown> | undefined,
): Promise<Message> {
  const texts = textsFor(reader.language);
  return lineMessage(reader.language, texts.text("change.conflict"));
}
