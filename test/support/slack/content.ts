/** What a message may hold: Block Kit's rules, texts that are too long, nothing at all. */
import { TEXT_CUT } from "./limits.ts";
import { checkMessage } from "./looks.ts";
import type { Json } from "./model.ts";
import { Refusal } from "./refusal.ts";
import { fillBlockIds } from "./views.ts";

export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[] | undefined;
  readonly attachments: readonly Json[] | undefined;
}

/** What the answer says beside `ok: true` when a text was cut. */
export const cutWarning = {
  response_metadata: {
    warnings: ["message_truncated"],
    messages: [
      "[WARN] Your message was truncated but still posted. The `text` field accepts up to 40,000 characters.",
    ],
  },
};

/** Block errors that Slack answers with an error of their own, by the words of the check. */
const OWN_ERRORS = ["msg_blocks_too_long", "msg_too_long"] as const;

/** The content as Slack keeps it, or the refusal ("chat.postMessage", errors). */
export function checkedContent(input: {
  text?: string | undefined;
  blocks?: readonly Json[] | undefined;
  attachments?: readonly Json[] | undefined;
}): Content {
  const text = (input.text ?? "").slice(0, TEXT_CUT);
  const empty = (input.blocks?.length ?? 0) === 0 && (input.attachments?.length ?? 0) === 0;
  if (text === "" && empty) throw new Refusal("no_text");
  const complaints = checkMessage({ text, ...(input.blocks ? { blocks: input.blocks } : {}) });
  if (complaints.length > 0) {
    const own = OWN_ERRORS.find((error) => complaints.some((said) => said.includes(error)));
    throw new Refusal(own ?? "invalid_blocks", {
      errors: complaints,
      response_metadata: { messages: complaints.map((said) => `[ERROR] ${said}`) },
    });
  }
  return {
    text,
    blocks: input.blocks === undefined ? undefined : fillBlockIds(input.blocks),
    attachments: input.attachments,
  };
}
