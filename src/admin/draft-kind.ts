/**
 * What an admin is about to change, card by card: a draft is loaded, a button or a form does something
 * with it, the draft is kept, and what comes next is shown. One file for each kind of draft, listed in
 * draft-kinds.ts; press-draft.ts does the rest (who may, twice, gone).
 */
import type { AdminRequest } from "../commands/command.ts";
import type { Engine, Work } from "../engine.ts";
import type { EventOf, Message, Option, PlatformGroup, Reply } from "../platform.ts";
import type { Connection } from "../store/connections.ts";
import { type Draft, type DraftUpdate, insertDraft, type NewDraft } from "../store/drafts.ts";
import type { Db } from "../store/schema.ts";
import { NO_INVITATION } from "../surveys/tokens.ts";

/** What reading and drawing a draft needs. */
export interface DraftContext {
  readonly engine: Engine;
  /** The transaction of a press: use only this. */
  readonly db: Db;
  readonly now: Date;
  readonly reader: Pick<AdminRequest, "workspace" | "person" | "language">;
  readonly connection: Connection;
}

/** A draft whose content was understood. */
export type OpenDraft<C> = Omit<Draft, "content"> & { readonly content: C };

/** A button of a draft: what it does, with a short word, and the values of a submitted form. */
export interface DraftPress<C> {
  readonly draft: OpenDraft<C>;
  readonly action: string;
  readonly value: string | undefined;
  readonly values: EventOf<"action">["values"] | undefined;
  /** Of its connection, when the kind wants to know them and they can be had. */
  readonly groups?: readonly PlatformGroup[] | undefined;
  /** Of the event: its place, and whether pictures can be shown. */
  readonly event: EventOf<"action">;
}

/** What a press leads to. */
export interface DraftStep {
  /** What of the draft is otherwise: kept in the same transaction. */
  readonly update?: DraftUpdate;
  readonly reply: Reply;
  /**
   * Worked out when the transaction is over, and answered in place of `reply`: for what takes longer than
   * a transaction may, such as a look ahead. It finds the draft as it was kept, and keeps nothing.
   */
  readonly later?: () => Promise<Reply>;
}

export interface DraftKindOf<C> {
  /** The content as it was kept; `undefined` when this program does not know its shape. */
  read(content: unknown): C | undefined;
  /** The card of the draft as it stands. */
  screen(context: DraftContext, draft: OpenDraft<C>): Promise<Message>;
  press(context: DraftContext & { readonly work: Work }, press: DraftPress<C>): Promise<DraftStep>;
  /** Whether a sent form may name a group: no platform is asked inside of a transaction. */
  namesGroups?(action: string): boolean;
}

/** A draft that was understood, and what can be done with it. */
export interface OpenedDraft {
  screen(context: DraftContext): Promise<Message>;
  press(
    context: DraftContext & { readonly work: Work },
    press: Omit<DraftPress<unknown>, "draft">,
  ): Promise<DraftStep>;
}

/** A kind of draft for the list of all kinds. */
export interface DraftKindEntry {
  /** `undefined` when this program does not know the shape of its content. */
  open(draft: Draft): OpenedDraft | undefined;
  readonly namesGroups: (action: string) => boolean;
}

/** Hides what the content of a kind is: nobody but itself looks into it. */
export function draftKind<C>({ read, screen, press, ...kind }: DraftKindOf<C>): DraftKindEntry {
  return {
    namesGroups: (action) => kind.namesGroups?.(action) === true,
    open(kept) {
      const content = read(kept.content);
      if (content === undefined) return undefined;
      const draft = { ...kept, content };
      return {
        screen: (context) => screen(context, draft),
        press: (context, pressed) => press(context, { ...pressed, draft }),
      };
    },
  };
}

/** Begins a draft. */
export async function beginDraft<C>(
  { db, now, reader }: Pick<DraftContext, "db" | "now" | "reader">,
  made: Omit<NewDraft, "personId" | "content"> & { readonly content: C },
): Promise<OpenDraft<C>> {
  const draft = { ...made, personId: reader.person.id };
  const id = await insertDraft(db, reader.workspace.id, draft, now);
  return { ...draft, id, state: "open", updatedAt: now };
}

/** A button of a draft. `action` and `value` together have at most 32 characters of a-z, 0-9 and hyphen. */
export function draftButton(
  { engine, reader }: Pick<DraftContext, "engine" | "reader">,
  draftId: string,
  button: Omit<Option, "token"> & { readonly action: string; readonly value?: string },
): Option {
  const { action, value, ...shown } = button;
  return { ...shown, token: draftToken({ engine, reader }, draftId, action, value) };
}

export function draftToken(
  { engine, reader }: Pick<DraftContext, "engine" | "reader">,
  draftId: string,
  action: string,
  value?: string,
): string {
  return engine.tokens.sign({
    ...{ workspaceId: reader.workspace.id, invitationId: NO_INVITATION, draftId },
    ...{ verb: "draft", question: action },
    ...(value === undefined ? {} : { value }),
  });
}
