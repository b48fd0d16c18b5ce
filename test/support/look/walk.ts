/** Somebody's way through cards and forms, with a picture of each where it is wanted. */
import type { Texts } from "../../../src/locales/index.ts";
import type { Asked } from "../../life/desks/desk.ts";
import type { Seen, Where } from "../../life/town.ts";
import type { Viewer } from "./booths/booth.ts";

/** So long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 20_000;
/** A form that says what is wrong in itself does so at once. */
const IN_FORM_MS = 1500;

/** How messages looked, by their ids. */
type Faces = ReadonlyMap<string, string>;

export interface Walk {
  /** In the language that is read. */
  readonly texts: Texts;
  /** Types a command; a picture of the answer where it has a `name`. */
  asks(asked: Asked, name?: string): Promise<void>;
  /** Presses what is called so, or begins so, on the card of now; what comes of it is the card then. */
  presses(label: string, name?: string): Promise<void>;
  /** Whether there is such a button on the card of now. */
  has(label: string): boolean;
  hasButtons(): boolean;
  /** Fills in the form that is open and sends it. */
  fills(values: Readonly<Record<string, string>>, name?: string): Promise<void>;
  /** The form of which something was wrong, open once more: where it was closed, its button is pressed. */
  opensAgain(name: string): Promise<void>;
  /** A picture of what was said last in a place. */
  newest(where: Where, name: string): Promise<void>;
}

export interface Walking {
  readonly viewer: Viewer;
  readonly texts: Texts;
  /** What is on its way has come through. */
  settle(): Promise<void>;
  pathOf(name: string): string;
  taken(path: string, words: string): Promise<void>;
}

export function createWalk({ viewer, texts, settle, pathOf, taken }: Walking): Walk {
  let card: Seen | undefined;
  const take = async (name: string | undefined) => {
    if (name === undefined) return;
    const path = pathOf(name);
    const isForm = await viewer.hasForm();
    if (isForm) await viewer.takesForm(path);
    else if (card !== undefined) await viewer.takes(path, "leads", card);
    await taken(path, isForm ? "" : `${card?.words}\n[${card?.buttons.join("] [")}]`);
  };
  /** What has come, or is otherwise, since; undefined while something of it is on its way. */
  const changedSince = async (faces: Faces): Promise<Seen[] | undefined> => {
    const fresh = (await viewer.sees("leads")).filter(
      (each) => faces.get(each.id) !== faceOf(each),
    );
    return fresh.length === 0 || fresh.some(viewer.isPending) ? undefined : fresh;
  };
  /** Waits until something shows: on a card, as a form, or in the form that was there. */
  const untilShown = async (faces: Faces, hadForm: boolean): Promise<void> => {
    const end = Date.now() + (hadForm ? IN_FORM_MS : PATIENCE_MS);
    while ((await changedSince(faces)) === undefined) {
      if (!hadForm && (await viewer.hasForm())) return;
      if (Date.now() > end && hadForm) return;
      if (Date.now() > end) throw new Error("nothing came of it");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const after = async (act: () => Promise<void>): Promise<void> => {
    const faces = new Map((await viewer.sees("leads")).map((each) => [each.id, faceOf(each)]));
    const hadForm = await viewer.hasForm();
    await act();
    await untilShown(faces, hadForm);
    await settle();
    const fresh = (await changedSince(faces)) ?? [];
    card = fresh.find(({ id }) => id === card?.id) ?? fresh.at(-1) ?? card;
  };
  const presses = async (label: string, name?: string) => {
    const at = card;
    if (at === undefined) throw new Error("there is no card");
    const found = labelIn(at, label);
    await after(() => viewer.presses("leads", at, found));
    await take(name);
  };
  return {
    ...{ texts, presses },
    hasButtons: () => (card?.buttons.length ?? 0) > 0,
    has: (label) => card?.buttons.includes(label) ?? false,
    async asks(asked, name) {
      await viewer.leavesForm();
      card = await viewer.asks(asked);
      await settle();
      card = (await viewer.sees("leads")).find(({ id }) => id === card?.id) ?? card;
      await take(name);
    },
    async fills(values, name) {
      await after(() => viewer.fills(values));
      await take(name);
    },
    async opensAgain(name) {
      if (!(await viewer.hasForm())) await presses(card?.buttons[0] ?? "");
      await take(name);
    },
    async newest(where, name) {
      const seen = (await viewer.sees(where)).at(-1);
      if (seen === undefined) throw new Error("nothing is there");
      const path = pathOf(name);
      await viewer.takes(path, where, seen);
      await taken(path, seen.words);
      if (where === "leads") card = seen;
    },
  };
}

function labelIn({ buttons, words }: Seen, label: string): string {
  const found =
    buttons.find((each) => each === label) ?? buttons.find((each) => each.startsWith(label));
  if (found === undefined)
    throw new Error(
      `there is no "${label}" but [${buttons.join("] [")}] on: ${words.slice(0, 200)}`,
    );
  return found;
}

function faceOf({ words, buttons, pictures }: Seen): string {
  return JSON.stringify([words, buttons, pictures.length]);
}
