/** What languages are called. */
import type { Language } from "./index.ts";

/** "German" for an English reader's `de`; what is no BCP 47 tag (imports may have others) stays as it is. */
export function languageName(tag: string, reader: Language): string {
  try {
    return new Intl.DisplayNames(reader, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
