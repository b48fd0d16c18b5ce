/** What a language's file of words has: those by which schedules are said. */

/** Words that mean something by themselves; each stands in the grammar by this name. */
export const concepts = [
  // Time and order.
  ...["AFTER", "BEFORE", "AHEAD", "WHEN", "IN", "LATER", "AT_ONCE", "THEN", "AGAIN", "REPEAT"],
  ...["EVERYW", "EVERY_GAP", "OTHERW", "ONCE", "PERW", "AGO", "INLAST", "WITHIN", "LASTW"],
  ...[
    "ORDMARK",
    "DAYMARK",
    "HOURMARK",
    "AM",
    "PM",
    "NOON",
    "MIDNIGHT",
    "HALF",
    "PLURAL",
    "LOCAL",
    "OURS",
  ],
  ...["EVERY_DAY", "EVERY_WEEK", "EVERY_MONTH", "EVERY_QUARTER", "EVERY_YEAR", "EVERY_OTHER_WEEK"],
  ...["BIWEEKLY", "WORKDAYS", "WEEKENDS", "NEXTW", "PER_DAY", "PER_OTHER", "ANYHOUR"],
  // What happens.
  ...["CHAT", "CLOSED", "REOPENED", "JOIN", "LEAVE", "ANSWER", "REACH", "SIGNALS", "DATE", "ONDAY"],
  // Whom.
  ...[
    "PEOPLE",
    "ALL",
    "BUYERS",
    "USERS",
    "USERROLE",
    "ACCOUNT",
    "PLAN",
    "TEAM",
    "TAG",
    "CHANNEL",
    "LANGUAGE",
  ],
  ...["SPEAK", "PROMOTERS", "PASSIVES", "DETRACTORS", "SCORE", "ACTIVE", "INACTIVE", "NEVER"],
  ...["ALREADY", "WATCH", "HIGH", "LOW", "LASTSCORE", "HAD"],
  // How much.
  ...["MAXW", "ATLEAST", "BELOW", "ABOVE", "ORMORE", "ORLESS", "PERCENT", "SAMPLE", "BETWEEN"],
  ...["REMIND", "EXPIRE", "WAIT", "REST", "NOTNOW", "NO", "SURVEYW"],
  // What must not be passed over, though no grammar has it.
  ...["NOT", "OR"],
  // What may be passed over.
  ...["A", "AT", "ON", "OF", "AND", "TO", "FROM", "WITH", "FOR", "FILLER"],
] as const;
export type Concept = (typeof concepts)[number];

/** What may be passed over: it says nothing that the words around it do not say. */
export const weak: ReadonlySet<string> = new Set<Concept>([
  ...(["A", "AT", "ON", "OF", "AND", "TO", "WITH", "FOR", "FILLER"] as const),
]);

export const units = ["m", "h", "d", "w", "M", "Q", "Y"] as const;
/** Minutes to weeks as schedules have them; months, quarters and years, which have no one length. */
export type Unit = (typeof units)[number];

/** Phrases by commas; (a|b) stands for either. Lower case, "е" for "ё" too. */
export interface SentenceWords {
  readonly concepts: Readonly<Partial<Record<Concept, string>>>;
  readonly units: Readonly<Record<Unit, string>>;
  /** Monday first: the day, and the day every week. */
  readonly weekdays: readonly string[];
  readonly everyWeekday: readonly string[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly ordinals: Readonly<Record<string, number>>;
  readonly shares: Readonly<Record<string, number>>;
  /** Lengths that are no number and unit: "half an hour". */
  readonly lengths: Readonly<Record<string, `${number}${Unit}`>>;
  /** Names of languages by their tag, and those who speak it. */
  readonly languages: Readonly<Record<string, string>>;
  readonly speakers: Readonly<Record<string, string>>;
  readonly zones: Readonly<Record<string, string>>;
  /** How a choice is said so that it is understood: see {@link Sayable}. */
  readonly say: Readonly<Record<Sayable, string>>;
}

/** With {n}, {time}, {name}. */
export type Sayable =
  | "days"
  | "afterJoining"
  | "thenEvery"
  | "afterChat"
  | "afterChatFor"
  | "onFirstOfQuarter"
  | "onFirstOfMonth"
  | "everyDay"
  | "at"
  | "hours"
  | "atMostOnce"
  | "allCustomers"
  | "buyers"
  | "usersOnly"
  | "speaking"
  | "plan"
  | "team"
  | "tag"
  | "account"
  | "channel"
  | "watch"
  | "high"
  | "again"
  | "perDay"
  | "lastMetric";
