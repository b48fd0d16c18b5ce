/** Our own few sentences (ICU patterns under the adapter's name), in the language of the reader. */
export type Say = (
  locale: string | undefined,
  key: string,
  values?: Readonly<Record<string, string | number>>,
) => string;
