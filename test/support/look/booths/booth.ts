/** Where things are looked at: a desk, and how what stands on it becomes a picture. */
import type { Language } from "../../../../src/locales/index.ts";
import type { Asker, Desk } from "../../../life/desks/desk.ts";
import type { Seen, Where } from "../../../life/town.ts";

/** Somebody at a desk, with a camera. */
export interface Viewer extends Asker {
  /** Takes pictures of a message, called `path` and how it is looked at. */
  takes(path: string, where: Where, message: Seen): Promise<void>;
  /** Whether a form is open, and more than a promise. */
  hasForm(): Promise<boolean>;
  /** Leaves the form that is open, if any. */
  leavesForm(): Promise<void>;
  /** Takes pictures of the form that is open. */
  takesForm(path: string): Promise<void>;
  /** Whether a message only says that an answer is on its way. */
  isPending(message: Seen): boolean;
}

export interface Booth {
  readonly desk: Desk;
  /** Whoever sets everything up, reading a language. */
  admin(language: Language): Viewer;
  /** Another one, who is to be an admin too: reads another language. */
  second(language: Language): Viewer;
  /** Whoever leads and is no admin, reading the language as far as the desk has such a lead. */
  lead(language: Language): Viewer;
  /** Anybody of the desk. */
  viewer(who: Asker): Viewer;
  stop(): Promise<void>;
}
