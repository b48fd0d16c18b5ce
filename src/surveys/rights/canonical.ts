/** A text in the one form in which its words are compared. */
import { tokensOf } from "../reply/tokens.ts";

/**
 * Small letters without accents and apostrophes, one space between words, none beside Han
 * characters; signs are left out: "Don't delete e-mails!" is "dont delete e mails".
 */
export function canonical(text: string): string {
  const words = tokensOf(text).flatMap((token) => {
    if (token.kind === "word") return [token.text];
    return token.kind === "number" && Number.isFinite(token.value) ? [String(token.value)] : [];
  });
  return words.join(" ").replace(/ ?(\p{Script=Han}) ?/gu, "$1");
}
