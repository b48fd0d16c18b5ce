/**
 * What buttons and forms of admins' cards do that are of no draft. One file for each card, its actions
 * listed in admin-actions.ts by the question of their tokens; press-admin.ts does the rest.
 */
import type { Work } from "../engine.ts";
import type { EventOf, Message, Option, Reply, Role } from "../platform.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";
import type { DraftContext } from "./draft-kind.ts";

/** A press: the value of its token, and the values of a submitted form. */
export interface AdminPress {
  readonly value: string | undefined;
  /** What stands behind the question of its action, as `-12`: a version, a page. */
  readonly number?: number;
  /** The id of what is kept for the button; {@link NO_INVITATION} where nothing is. */
  readonly about: string;
  readonly values: EventOf<"action">["values"] | undefined;
  /** Of the event: its place, and whether pictures can be shown. */
  readonly event: EventOf<"action">;
}

/** What a button of an admin's card is for. */
export interface AdminAction {
  /** Who may; checked at every press. */
  readonly roles: readonly Role[];
  /** The card as it is now: all that a button does that only shows; else the answer to the same press again. */
  screen(context: DraftContext, press: AdminPress): Promise<Message>;
  /** What it does, in the transaction that notes the press: once, however often the press arrives. */
  press?(context: DraftContext & { readonly work: Work }, press: AdminPress): Promise<Reply>;
}

/** What signing a token needs: whose it is. */
type Signing = Pick<DraftContext, "engine"> & {
  readonly reader: Pick<DraftContext["reader"], "workspace">;
};

/** A button by the question of its action; that and `value` have at most 20 characters each, 32 together. */
export function adminButton(
  drawing: Signing,
  button: Omit<Option, "token"> & {
    readonly action: string;
    readonly value?: string;
    readonly about?: string | undefined;
  },
): Option {
  const { action, value, about, ...shown } = button;
  return { ...shown, token: adminToken(drawing, action, value, about) };
}

export function adminToken(
  { engine, reader }: Signing,
  action: string,
  value?: string,
  about = NO_INVITATION,
): string {
  return engine.tokens.sign({
    ...{ workspaceId: reader.workspace.id, invitationId: about },
    ...{ verb: "admin", question: action },
    ...(value === undefined ? {} : { value }),
  });
}
