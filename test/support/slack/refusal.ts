/** An answer `{ok: false, error}` of the Web API, thrown by whatever finds the reason. */
export class Refusal extends Error {
  readonly error: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(error: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.name = "Refusal";
    this.error = error;
    this.extra = extra;
  }
}

/** Refusals that a correct app never meets: they are kept in `slack.problems`. */
const bugs = new Set([
  "unknown_method",
  "invalid_arguments",
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

export function isBugOfTheApp(error: string): boolean {
  return bugs.has(error);
}
