/**
 * Every setting of a workspace: what it is about, what kind of value it has, which words say so. The
 * configuration file, `aftertalk workspace` and chat all go by this table; what a value may be in the
 * end is checked by store/settings.ts.
 */
import type { TextKey, Texts } from "../locales/index.ts";

/** In the order in which they are shown. */
export const settingGroups = [
  "asking",
  "hours",
  "access",
  "replies",
  "leads",
  "targets",
  "churn",
  "retention",
] as const;
export type SettingGroup = (typeof settingGroups)[number];

/** What is written for a value of a setting. */
export type SettingKind =
  | { readonly is: "switch" }
  /** `above`: more than `min`, and it need not be whole. */
  | { readonly is: "number"; readonly min: number; readonly max: number; readonly above?: true }
  /** A score or a share. */
  | { readonly is: "score"; readonly min: number; readonly max: number }
  /** One of these. */
  | { readonly is: "word"; readonly words: readonly SettingWord[] }
  /** `HH:MM` */
  | { readonly is: "time" }
  /** 1 (Monday) to 7; one of them, or several. */
  | { readonly is: "weekday" }
  | { readonly is: "weekdays" }
  /** Days of a calendar: one, or several of which some are of every year. */
  | { readonly is: "day" }
  | { readonly is: "days" }
  /** An IANA name. */
  | { readonly is: "zone" }
  /** `platform:channelId` */
  | { readonly is: "channel" }
  /** Numbers by the name of a reason. */
  | { readonly is: "points" };

type WordKey<K> = K extends `setting.word.${infer W}` ? W : never;
export type SettingWord = WordKey<TextKey>;

type NameKey<K> = K extends `setting.${infer N}.about` ? N : never;
/** As an operator types it: `hours.from`. */
export type SettingName = NameKey<TextKey>;

export interface Setting {
  readonly name: SettingName;
  readonly group: SettingGroup;
  readonly kind: SettingKind;
  /** It may also be nothing: `none`, or null in a file. */
  readonly orNone: boolean;
}

const days: SettingKind = { is: "number", min: 1, max: 36_500 };
const points: SettingKind = { is: "score", min: -100, max: 100 };
const percent: SettingKind = { is: "score", min: 0, max: 100 };

const rows: readonly (readonly [SettingName, SettingGroup, SettingKind, "or none"?])[] = [
  ["asking.days", "asking", { is: "weekdays" }],
  ["asking.from", "asking", { is: "time" }],
  ["asking.to", "asking", { is: "time" }],
  ["asking.stopped", "asking", { is: "switch" }],
  ["timeZone", "hours", { is: "zone" }],
  ["hours.days", "hours", { is: "weekdays" }],
  ["hours.from", "hours", { is: "time" }],
  ["hours.to", "hours", { is: "time" }],
  ["hours.holidays", "hours", { is: "days" }, "or none"],
  ["promise", "access", { is: "word", words: ["named", "totals"] }],
  ["agents.singleScores", "access", { is: "switch" }],
  ["approval.secondPerson", "access", { is: "switch" }],
  ["accounts.byEmailDomain", "access", { is: "switch" }],
  ["firstReply.withinMinutes", "replies", { is: "number", min: 1, max: 43_200 }],
  ["firstReply.clock", "replies", { is: "word", words: ["working", "calendar"] }],
  ["cases.replyWithinDays", "replies", { is: "number", min: 0, max: 30, above: true }],
  ["cases.escalateTo", "replies", { is: "word", words: ["lead", "admin"] }],
  ["cases.recoveryAfterDays", "replies", days],
  ["digest.on", "leads", { is: "switch" }],
  ["digest.day", "leads", { is: "weekday" }],
  ["digest.time", "leads", { is: "time" }],
  ["digest.channel", "leads", { is: "channel" }, "or none"],
  ["alerts.on", "leads", { is: "switch" }],
  ["targets.nps", "targets", points, "or none"],
  ["targets.ces", "targets", percent, "or none"],
  ["targets.csat", "targets", percent, "or none"],
  ["targets.resolution", "targets", percent, "or none"],
  ["targets.expectation", "targets", points, "or none"],
  ["targets.emotion", "targets", percent, "or none"],
  ["churn.silentDays", "churn", days],
  ["churn.points", "churn", { is: "points" }, "or none"],
  ["churn.provenOn", "churn", { is: "day" }, "or none"],
  ["retention.textsDays", "retention", days],
  ["retention.answersDays", "retention", days],
  ["retention.inboxHours", "retention", { is: "number", min: 24, max: 720 }],
  ["retention.deliveriesDays", "retention", { is: "number", min: 3, max: 30 }],
];

/** All of them, group by group. */
export const settingsTable: readonly Setting[] = rows.map(([name, group, kind, orNone]) => ({
  ...{ name, group, kind },
  orNone: orNone !== undefined,
}));

/** The setting of this name; `undefined` when there is none. */
export function settingNamed(name: string): Setting | undefined {
  return settingsTable.find((each) => each.name === name);
}

/** What it is called: at most 45 characters, so that it is a field's label anywhere. */
export function settingLabel(texts: Texts, { name }: Setting): string {
  return texts.text(`setting.${name}`);
}

/** What it does, in a sentence. */
export function settingAbout(texts: Texts, { name }: Setting): string {
  return texts.text(`setting.${name}.about`);
}

export function groupLabel(texts: Texts, group: SettingGroup): string {
  return texts.text(`setting.group.${group}`);
}

/** What may be written for it, as a person types it. */
export function settingHint(texts: Texts, { kind, orNone }: Setting): string {
  const hint = hintOf(texts, kind);
  // Days that nobody works may be none by their own words.
  return orNone && kind.is !== "days" ? texts.text("setting.hint.or-none", { hint }) : hint;
}

function hintOf(texts: Texts, kind: SettingKind): string {
  switch (kind.is) {
    case "number": {
      const { min, max, above } = kind;
      return texts.text(above ? "setting.hint.amount" : "setting.hint.number", { min, max });
    }
    case "score":
      return texts.text("setting.hint.score", { min: kind.min, max: kind.max });
    case "word":
      return texts.text("setting.hint.word", { words: kind.words.join(", ") });
    default:
      return texts.text(`setting.hint.${kind.is}`);
  }
}
