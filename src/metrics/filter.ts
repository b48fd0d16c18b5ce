/** Which answers a view is narrowed down to. */

/** Each part lists the spellings that are meant; a part that is absent leaves nothing out. */
export interface Filter {
  readonly team?: readonly string[];
}
