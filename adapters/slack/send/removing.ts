/** Taking a message of ours back, with what was uploaded into it. */
import { AppError, hasCode } from "../../../src/errors.ts";
import { isRefusal, slackError } from "../errors.ts";
import { readMessageId } from "../ids.ts";
import type { SlackWorkspace } from "../workspace.ts";

/** A message in a channel, a thread or a direct message. */
export interface Standing {
  readonly channel: string;
  readonly ts: string;
}

/**
 * What came of it: `gone` when there was nothing any more; otherwise why Slack never lets us, in a
 * short word of ours.
 */
export type Removal = "removed" | "gone" | "refused" | "kept for compliance";

/** @throws AppError when Slack cannot do it now. */
export async function removeMessage(
  { client }: SlackWorkspace,
  { channel, ts }: Standing,
): Promise<Removal> {
  try {
    await client.chat.delete({ channel, ts });
    return "removed";
  } catch (error) {
    if (isRefusal(error, "message_not_found")) return "gone";
    if (isRefusal(error, "compliance_exports_prevent_deletion")) return "kept for compliance";
    if (isRefusal(error, "cant_delete_message")) return "refused";
    const known = slackError(error, "send");
    if (hasCode(known, "unreachable")) return "refused";
    throw known;
  }
}

/** Deletes an uploaded file; one that is gone already is fine. @throws as above. */
export async function removeFile({ client }: SlackWorkspace, file: string): Promise<Removal> {
  try {
    await client.files.delete({ file });
    return "removed";
  } catch (error) {
    if (isRefusal(error, "file_not_found", "file_deleted")) return "gone";
    if (isRefusal(error, "cant_delete_file")) return "refused";
    throw slackError(error, "send");
  }
}

/**
 * The message of a receipt.
 * @throws AppError `unreachable` when Slack never lets us, with the reason.
 */
export async function removeById(workspace: SlackWorkspace, id: string): Promise<void> {
  const { channel, ts, whispered } = readMessageId(id);
  if (whispered) {
    throw new AppError("unreachable", "Slack lets nobody take back what only one person saw", {
      advice: "Slack has not kept it: it is gone when its reader starts Slack anew.",
    });
  }
  const removal = await removeMessage(workspace, { channel, ts });
  if (removal === "removed" || removal === "gone") return;
  throw new AppError("unreachable", `Slack does not let the app remove it (${removal})`, {
    advice: "Somebody who may delete any message of the workspace can do it by hand.",
  });
}
