/**
 * What the pictures show. Texts are in the reader's language and are cut where they are too long;
 * numbers are printed in it. Everything is plain data: drawing happens in a thread of its own.
 */
import type { Language } from "../locales/index.ts";
import type { Level, Range, Unit } from "../metrics/metric.ts";
import type { OutlineBlock } from "../platform/outline.ts";

/** A chart has at most so many rows; what is left over is for words on the card. */
export const MOST_ROWS = 20;

/** What every picture has. */
export interface PictureCard {
  readonly title: string;
  readonly subtitle: string;
  /** For numbers. */
  readonly language: Language;
  /** The text that says the same as the picture; it is passed through. */
  readonly alt: string;
  /** The trend in one line of text; it is passed through. */
  readonly sparkline?: string;
}

/** A value to hold the others against, with its words: "target +40", "all teams +31". */
export interface Reference {
  readonly value: number;
  readonly label: string;
}

/** A period on a trend. */
export interface TrendPoint {
  readonly label: string;
  /** Null is a gap: nobody answered, or too few to show. */
  readonly score: number | null;
  readonly range: Range | null;
  readonly n: number;
  /** Drawn hollow: it goes on, or its answer window is still open. */
  readonly running: boolean;
  /**
   * Why a new series begins with this period: "new wording". Such a point is never joined with those
   * before it. An empty text is a break as well, without words.
   */
  readonly breakBefore?: string;
}

/** A summary: distribution above, trend below. */
export interface SummaryPicture extends PictureCard {
  readonly unit: Unit;
  /** The smallest and the largest value that the score can have. */
  readonly domain: Range;
  /** Bars from left to right. */
  readonly distribution: readonly {
    readonly label: string;
    readonly count: number;
    readonly group: Level;
  }[];
  /** Periods, oldest first. */
  readonly trend: readonly TrendPoint[];
  /** A dashed line through the trend. */
  readonly target?: Reference;
  /** The score of the period compared with, where that is none of the trend: a quiet line. */
  readonly versus?: Reference;
  readonly labels: {
    readonly distribution: string;
    readonly trend: string;
    /** Beside the heading of the distribution, such as "52 answers". */
    readonly answers: string;
    /** In place of a chart that has nothing to show. */
    readonly noData: string;
  };
}

/** A score cut by something: a row for each of its values. */
export interface CutPicture extends PictureCard {
  readonly unit: Unit;
  readonly domain: Range;
  /**
   * In the order shown, at most {@link MOST_ROWS}; those that are `early` come below the others
   * whatever their place. A row without a score is hidden: it is not drawn.
   */
  readonly rows: readonly {
    readonly label: string;
    readonly score: number | null;
    readonly range: Range | null;
    readonly n: number;
    /** Fewer than 30 answers: hollow and not ranked. */
    readonly early: boolean;
  }[];
  /** The score of all rows together: a vertical line. */
  readonly whole?: Reference;
  /** A dashed vertical line. */
  readonly target?: Reference;
  readonly labels: {
    /** On the divider above the early rows: "fewer than 30 answers: not ranked". */
    readonly early: string;
    readonly noData: string;
  };
}

/** A moment after the customer's first message, in seconds, with its words: "median 20 min". */
export interface Moment {
  readonly seconds: number;
  readonly label: string;
}

/** How long customers waited by one clock. */
export interface WaitingCurve {
  /** Which clock: "around the clock", "in business hours". */
  readonly label: string;
  /**
   * Kaplan–Meier: from `seconds` on the share `waiting`, from 0 to 1, had no reply. In order of time;
   * it begins with 1 at 0, which may be left out.
   */
  readonly steps: readonly { readonly seconds: number; readonly waiting: number }[];
  /** The longest wait that was seen, also of those who still wait: the curve ends there. */
  readonly until: number;
  /** Left out where it is not known yet. */
  readonly median?: Moment;
  readonly p90?: Moment;
}

/** How long until the first reply. */
export interface FirstReplyPicture extends PictureCard {
  /** One or two; the first is the one that matters more. */
  readonly curves: readonly WaitingCurve[];
  /** The promised time: a vertical line. */
  readonly promised?: Moment;
  readonly labels: {
    /** What the height says: "still waiting for a reply". */
    readonly waiting: string;
    readonly noData: string;
  };
}

/** What goes together with a score: correlations from −1 to +1. */
export interface DriversPicture extends PictureCard {
  /** In the order shown, at most {@link MOST_ROWS}; a row without a correlation is not drawn. */
  readonly rows: readonly {
    readonly label: string;
    readonly correlation: number | null;
    readonly range: Range | null;
    readonly n: number;
  }[];
  readonly labels: {
    /** What the ends of the axis mean: "lower score", "higher score". */
    readonly negative: string;
    readonly positive: string;
    readonly noData: string;
  };
}

/** How the values of bars are printed: a rate is a number that is no percentage. */
export type BarUnit = Unit | "count" | "rate";

/** A plain bar for each row, from zero. */
export interface BarsPicture extends PictureCard {
  readonly unit: BarUnit;
  /** In the order shown, at most {@link MOST_ROWS}; a bar without a value is not drawn. */
  readonly bars: readonly {
    readonly label: string;
    readonly value: number | null;
    readonly range?: Range | null;
    /** Printed beside the value. */
    readonly n?: number;
    /** Too few to be sure of: hollow. */
    readonly early?: boolean;
  }[];
  readonly target?: Reference;
  readonly labels: { readonly noData: string };
}

/** Everything on one card: a row for each metric. */
export interface OverviewPicture extends PictureCard {
  /** At most {@link MOST_ROWS}. */
  readonly rows: readonly {
    /** "NPS". */
    readonly name: string;
    /** "+31"; empty where there is none: the row then says `change` only. */
    readonly score: string;
    /** "+9 to +50 · n 52"; empty for none. */
    readonly range: string;
    /** How it changed, in words: "no clear change". */
    readonly change: string;
    /** Oldest first, at most 12 or so; empty for none. */
    readonly trend: readonly Omit<TrendPoint, "label" | "n">[];
    /** What the score can be; null: from zero up, such as minutes. */
    readonly domain: Range | null;
    /** A dashed line through the trend; its label stands beside the score: "target +40: reached". */
    readonly target?: Reference;
  }[];
  readonly labels: { readonly noData: string };
}

/** Messages as they will look on each platform. */
export interface OutlinesPicture extends PictureCard {
  readonly cards: readonly {
    /** "On Acme Chat"; empty for none. */
    readonly label: string;
    readonly messages: readonly (readonly OutlineBlock[])[];
  }[];
}
