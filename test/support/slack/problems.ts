/** What was refused and a correct app would never have sent. */
import { INVALID_FILE } from "./pictures.ts";
import type { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

/** Refusals that a correct app never meets: they are kept in `slack.problems`. */
const bugs = new Set([
  "unknown_method",
  "invalid_arguments",
  "message_truncated",
  "missing_argument",
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "msg_too_long",
  "no_text",
  "metadata_too_large",
  "invalid_metadata_format",
  "missing_scope",
  "not_authed",
  "not_allowed_token_type",
  "cant_update_message",
  "cant_delete_message",
  "invalid_trigger_id",
  "expired_trigger_id",
  "exchanged_trigger_id",
  "push_limit_reached",
  "view_not_found_in_stack",
  "used_url",
  "expired_url",
]);

function isBugOfTheApp(error: string): boolean {
  return bugs.has(error);
}

/** Keeps what a correct app would not have sent. */
export function noteProblem(world: World, name: string, refusal: Refusal): void {
  if (!isBugOfTheApp(refusal.error)) return;
  const metadata = refusal.extra.response_metadata;
  const messages =
    typeof metadata === "object" && metadata !== null && "messages" in metadata
      ? metadata.messages
      : [];
  const details = Array.isArray(messages) ? messages.map(String) : [];
  // A file that Slack has not looked into yet: nobody can know when it has, so trying is no bug.
  if (details.length > 0 && details.every((said) => said.includes(INVALID_FILE))) return;
  const needed = refusal.extra.needed;
  if (typeof needed === "string") details.push(`needed: ${needed}`);
  world.problems.push({ method: name, error: refusal.error, details });
}
