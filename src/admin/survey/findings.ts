/** What was found in a draft, with the better wording at one press. Pure. */
import { createHash } from "node:crypto";
import type { Texts } from "../../locales/index.ts";
import type { Part } from "../../platform.ts";
import type { SurveyFinding } from "../../surveys/check/finding.ts";
import { sayFinding, sayWhat } from "../../surveys/check/say-finding.ts";
import { actions, type Drawing, note, text } from "./drawing.ts";

/** So many are read in one card. */
const SHOWN = 4;

/** Errors first; each with a button that puts the better words in their place. */
export function findingParts(drawing: Drawing, findings: readonly SurveyFinding[]): Part[] {
  const { texts } = drawing;
  const more = findings.length - SHOWN;
  return [
    ...findings.slice(0, SHOWN).flatMap((finding): Part[] => {
      const sign = finding.level === "error" ? "⛔" : "⚠️";
      const use = texts.text("survey.edit.use");
      return [
        ...text(`${sign} ${sayFinding(texts, finding)}`),
        ...(finding.better === undefined
          ? []
          : [
              { kind: "quote", text: finding.better } as const,
              ...actions(drawing.button(use, "fix", findingId(finding))),
            ]),
      ];
    }),
    ...(more > 0 ? note(texts.text("survey.edit.more-findings", { n: more })) : []),
  ];
}

/** Names a finding in a token: what was found is looked for again when its button is pressed. */
export function findingId({ path, language, code, better }: SurveyFinding): string {
  return createHash("sha256")
    .update([path, language ?? "", code, better ?? ""].join("\n"))
    .digest("hex")
    .slice(0, 12);
}

/** The first about the words in one field of a form, to stand below it. */
export function findingAt(
  texts: Texts,
  findings: readonly SurveyFinding[],
  path: string,
  language: string,
): string | undefined {
  const found = findings.find((each) => each.path === path && each.language === language);
  return found && sayWhat(texts, found);
}

/** Those about one question. */
export function findingsAt(findings: readonly SurveyFinding[], index: number): SurveyFinding[] {
  const at = `questions.${index}`;
  return findings.filter(({ path }) => path === at || path.startsWith(`${at}.`));
}
