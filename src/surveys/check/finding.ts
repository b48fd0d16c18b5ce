/** What is wrong with a survey, or could be better, as values: say-finding.ts puts it into words. */
/** It cannot be asked like this. */
export type ErrorCode =
  /** The definition's own rules: a key twice, no option … */
  | "not-askable"
  /** No language that all of it is worded in. */
  | "no-fallback"
  | "unknown-placeholder"
  /** A name in an option or at the end of a scale. */
  | "placeholder-in-label"
  /** `{agent}` where no chat comes before. */
  | "agent-without-chat"
  /** Longer than a platform shows. */
  | "too-long-there"
  /** A button or an option that a platform cuts. */
  | "label-too-long-there";

/** It can be asked, and better. */
export type WarningCode =
  | "double-barrelled"
  | "leading"
  | "negated"
  | "absolute"
  | "jargon"
  | "too-long"
  /** Only signs. */
  | "no-words"
  /** Formatting, mentions or links: they are shown as they stand. */
  | "markup"
  | "ends-missing"
  | "scale-flipped"
  | "not-its-metric"
  | "not-translated"
  | "same-in-all-languages";

export type FindingCode = ErrorCode | WarningCode;

/** One thing that was found. */
export interface SurveyFinding {
  /** An error keeps it from being saved; of a warning the admin decides. */
  readonly level: "error" | "warning";
  /** Where, as in the definition: "questions.0.wording"; "" is all of it. See survey-texts.ts. */
  readonly path: string;
  /** Its tag. */
  readonly language?: string;
  readonly code: FindingCode;
  /** What the sentence about it names: the words found, the platform, how many characters. */
  readonly params: Readonly<Record<string, string | number>>;
  /** A better wording for this place and language, which has nothing to be found in it. */
  readonly better?: string;
}
