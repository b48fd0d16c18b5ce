/** What is said, as values: each adapter renders them with its platform's own best parts. */

/** One button or option. `hint` is read by screen readers and shown where there is room. */
export interface Option {
  readonly label: string;
  readonly token: string;
  readonly hint?: string;
  /** It is answered with a form: a platform that has little time may open an empty one at once. */
  readonly opens?: "form";
  /** It cannot be taken back: shown as such where the platform can. */
  readonly tone?: "danger";
}

/** A picture with the text that says the same. PNG bytes; sizes in CSS pixels. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** Its curve in one line of block characters, for a place that cannot show pictures. */
  readonly sparkline?: string;
}

/** A file to be had. `name` is plain ASCII; `title` in the reader's language. */
export interface FilePart {
  readonly name: string;
  readonly title: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One bar of a distribution: `share` is 0–1 of the whole. */
export interface Bar {
  readonly label: string;
  readonly value: string;
  readonly share: number;
}

/** A part of a message. Texts are plain text in our words unless the part is a `quote`. */
export type Part =
  /** What the card is about; `minor`: what a section of it is about, with what follows it. */
  | { readonly kind: "heading"; readonly text: string; readonly minor?: true }
  | { readonly kind: "text"; readonly text: string }
  /** Small print. */
  | { readonly kind: "note"; readonly text: string }
  /**
   * A person's own words: shown literally, never as markup, mention or link. `marks` are the parts
   * that were searched for, in order and apart, from a code unit to the one behind the last.
   */
  | {
      readonly kind: "quote";
      readonly text: string;
      readonly by?: string;
      readonly link?: Link;
      readonly marks?: readonly (readonly [from: number, to: number])[];
    }
  /** A row of neutral score buttons, low on the left, with both ends labelled. */
  | {
      readonly kind: "scale";
      readonly options: readonly Option[];
      readonly low: string;
      readonly high: string;
    }
  /**
   * Fully labelled choices, one under another or beside each other. `pick`: where a platform has a
   * list to pick from, more than five are one, with these words in its place.
   */
  | { readonly kind: "choices"; readonly options: readonly Option[]; readonly pick?: string }
  /** Secondary buttons: change, undo, share. */
  | { readonly kind: "actions"; readonly options: readonly Option[] }
  /** Rarely wanted: later, not for a while, never. An overflow menu where the platform has one. */
  | { readonly kind: "menu"; readonly label: string; readonly options: readonly Option[] }
  | { readonly kind: "facts"; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: "bars"; readonly title: string; readonly bars: readonly Bar[] }
  | { readonly kind: "picture"; readonly picture: Picture }
  /** Only in a reply, for its reader alone: it is never kept with a delivery. */
  | { readonly kind: "file"; readonly file: FilePart }
  | { readonly kind: "link"; readonly link: Link };

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** What we say. `summary` is the one-line fallback for notifications and screen readers. */
export interface Message {
  readonly summary: string;
  readonly parts: readonly Part[];
  /** BCP 47 tag of the words in it. */
  readonly locale: string;
  /**
   * Of a whisper: pressed by the one it is for, it is answered with this message. A platform that
   * can show something to one person only as an answer posts it for all to see, with `says`.
   */
  readonly opener?: { readonly says: string; readonly option: Option };
}

/**
 * A form that the platform opens as a modal, or asks field by field where it has none. As the answer to
 * a submitted form it is the same one with what is wrong in it: nothing that was written is lost. Where
 * a modal cannot answer a modal it is told with a button that has the token of `submit`: pressed without
 * values it opens the form.
 */
export interface Form {
  readonly title: string;
  readonly submit: Option;
  /** Above the fields: what they are about, or what happened meanwhile. */
  readonly notice?: string;
  /** At most 5, and 4 with a notice: more than that is no form to fill in on a phone. */
  readonly fields: readonly FormField[];
}

/** Something to be written or chosen. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** What to write, as an example. */
  readonly hint?: string;
  /** What is wrong with what was written, and what to write instead. */
  readonly problem?: string;
  readonly multiline: boolean;
  readonly required: boolean;
  readonly maxLength: number;
  readonly value?: string;
  /** One of these is chosen instead of something being written: at most 10. */
  readonly choices?: readonly { readonly label: string; readonly value: string }[];
  /** Several of the choices: their values, none of which has a comma, with commas between them. */
  readonly many?: true;
}
