/** What the audit log can be narrowed down to, and how its actions are called. Pure. */
import { type Language, patternsUnder } from "../locales/index.ts";

/** By the words that can be typed; an action, or with a dot at its end all that begin so. */
const kinds = {
  settings: ["settings"],
  surveys: ["survey", "survey."],
  schedules: ["schedule"],
  roles: ["role"],
  approvals: ["change-set."],
  people: ["person.", "consent.", "quote."],
  data: ["import", "import.", "export.", "restored", "secret.reset"],
} as const satisfies Record<string, readonly string[]>;

export type AuditKind = keyof typeof kinds;
export const auditKinds = Object.keys(kinds) as AuditKind[];

const PREFIX = "audit.did.";

/** The actions of some kinds; `undefined` for all there are. */
export function actionsOf(wanted: readonly AuditKind[]): readonly string[] | undefined {
  if (wanted.length === 0) return undefined;
  const named = wanted.flatMap((kind): readonly string[] => kinds[kind]);
  const isOf = (action: string) =>
    named.some((each) => action === each || (each.endsWith(".") && action.startsWith(each)));
  return actionsSaid("en").flatMap(([action]) => (isOf(action) ? [action] : []));
}

/** Actions with this word in what is said of them, in a language: "imported", «импорт». */
export function actionsWith(word: string, language: Language): readonly string[] {
  const typed = word.toLowerCase();
  return actionsSaid(language).flatMap(([action, said]) => (said.includes(typed) ? [action] : []));
}

function actionsSaid(language: Language): (readonly [action: string, said: string])[] {
  return Object.entries(patternsUnder(language, PREFIX)).flatMap(([key, pattern]) => {
    const said = pattern.replace(/\{[^}]*\}/gu, " ").toLowerCase();
    return key === `${PREFIX}other` ? [] : [[key.slice(PREFIX.length), said] as const];
  });
}
