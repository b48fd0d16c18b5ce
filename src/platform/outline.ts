/** How a message will look on a platform, as words: read from what would be sent there, so it cannot say otherwise. */

/** What stands below each other. */
export type OutlineBlock =
  | { readonly kind: "text"; readonly text: string; readonly look: OutlineLook }
  /** Buttons of one row; a narrow screen wraps it. */
  | { readonly kind: "buttons"; readonly labels: readonly string[] }
  /** Something to pick from, closed until it is pressed; `open`: all options are seen. */
  | {
      readonly kind: "list";
      readonly prompt: string;
      readonly options: readonly string[];
      readonly open?: true;
    }
  | { readonly kind: "picture"; readonly alt: string };

export type OutlineLook = "heading" | "bold" | "plain" | "small" | "quote";

/** Words that are not shown as they are: the part of the message, and which of its options. */
export interface Misfit {
  readonly part: number;
  readonly option?: number;
  readonly what: "text" | "button" | "option";
  /** How many characters of it are shown; 0: it is left out. */
  readonly most: number;
}

/** A message as people will see it. */
export interface Outline {
  readonly blocks: readonly OutlineBlock[];
  readonly misfits: readonly Misfit[];
}
