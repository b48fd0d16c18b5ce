/** What a draft of a schedule holds: the sentence, the schedule as it was written so far, and what for. */
import { z } from "zod";
import type { OpenDraft } from "../draft-kind.ts";

const content = z.strictObject({
  /** The last sentence, as it was written; empty when it was made with forms. */
  sentence: z.string(),
  /** The schedule as it stands, perhaps with something wrong in it; null as long as the sentence leaves questions. */
  written: z.record(z.string(), z.unknown()).nullable(),
  /** What it was begun for. */
  goal: z.enum(["keep", "on", "archive"]),
  /** The version that it goes back to. */
  rollback: z.number().int().nullable(),
});

export type ScheduleContent = z.output<typeof content>;
export type ScheduleDraft = OpenDraft<ScheduleContent>;

/** `undefined` when this program does not know its shape. */
export function readContent(kept: unknown): ScheduleContent | undefined {
  const parsed = content.safeParse(kept);
  return parsed.success ? parsed.data : undefined;
}

export const emptyContent: ScheduleContent = {
  ...{ sentence: "", written: null, goal: "keep", rollback: null },
};
