/** For how long somebody does not want to be asked, in their own words. Pure. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "../locales/index.ts";
import { resolveWhen } from "./reply.ts";
import { canonical } from "./rights/canonical.ts";
import { cleanText } from "./words.ts";

/** "Not for a while". */
export const PAUSE_DAYS = 30;

/** Longer is as good as never, and a slip of the finger more often. */
const LONGEST_DAYS = 3660;

type Unit = "days" | "weeks" | "months" | "years";

/** Whoever says no length means {@link PAUSE_DAYS} days. */
export interface PauseLength {
  readonly unit: Unit;
  readonly amount: number;
}

const units: readonly (readonly [Unit, string])[] = [
  ["days", "d|days?|д|дн|день|дня|днеи|деньков|сутки|суток|天|日"],
  [
    "weeks",
    "w|wks?|weeks?|нед|неделю|недели|недель|неделя|недельку|周|週|个?星期|個星期|个?礼拜|個禮拜|禮拜",
  ],
  ["months", "mos?|mths?|months?|мес|месяц|месяца|месяцев|个月|個月"],
  ["years", "y|yrs?|years?|г|год|года|лет|年"],
];

/** Numbers in words, as far as people count pauses in them. */
const numbers: ReadonlyMap<string, number> = new Map(
  [
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    ["a", "two", "couple of"],
    ["an", "couple"],
    ["один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"],
    ["одну", "две"],
    ["одного", "пару"],
    ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"],
    ["壹", "两"],
    ["整", "兩"],
  ].flatMap((row) => row.map((word, i) => [word, i + 1] as const)),
);

const words = [...numbers.keys()].toSorted((a, b) => b.length - a.length).join("|");
const counted = units.map(
  ([unit, names]) =>
    [
      unit,
      new RegExp(
        `(?:^|[^\\p{L}\\d]|(?<=\\p{Script=Han}))(\\d{1,5}|${words}) ?(?:${names})(?![a-zа-я])`,
        "u",
      ),
    ] as const,
);
/** They have a number or a unit in them that says something else. */
const halves: readonly (readonly [RegExp, PauseLength])[] = [
  [/полгода|半年|half a year/u, { unit: "months", amount: 6 }],
  [/fortnight/u, { unit: "weeks", amount: 2 }],
];

/** "This week", "на неделю", "полгода". */
const bare: readonly (readonly [RegExp, PauseLength])[] = [
  [
    /(?:^| )(?:for the|the|this|next|на) (?:whole )?(?:week|неделю)(?: |$)|这周|這週|本周|本週/u,
    { unit: "weeks", amount: 1 },
  ],
  [
    /(?:^| )(?:for the|the|this|next|на) (?:whole )?(?:month|месяц)(?: |$)|这个月|這個月|本月/u,
    { unit: "months", amount: 1 },
  ],
  [
    /(?:^| )(?:for the|the|this|next|на) (?:whole )?(?:year|год)(?: |$)|今年/u,
    { unit: "years", amount: 1 },
  ],
];

/** The length that is named in the words; undefined when there is none. Times of day are none. */
export function pauseLength(text: string): PauseLength | undefined {
  const said = canonical(cleanText(text, 400));
  const half = halves.find(([pattern]) => pattern.test(said))?.[1];
  if (half !== undefined) return half;
  for (const [unit, pattern] of counted) {
    const found = pattern.exec(said)?.[1];
    const amount = found === undefined ? 0 : (numbers.get(found) ?? Number(found));
    if (amount > 0) return { unit, amount };
  }
  return bare.find(([pattern]) => pattern.test(said))?.[1];
}

/** Who says so, when and where. */
interface Said {
  readonly now: Date;
  /** IANA name of the person's time zone. */
  readonly timeZone: string;
  readonly language: Language;
}

const UNTIL = /(?:^|\s)(?:until|till?|до)\s+(.+)$|^(?:暂停|暫停)?到(.+?)(?:为止|為止)?$/iu;

/** The moment at which the pause that these words ask for ends; calendar months, not 30 days each. */
export function pauseEnd(text: string, { now, timeZone, language }: Said): Date {
  const { unit, amount } = pauseLength(text) ?? untilNamed(text, { now, timeZone, language });
  const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const longest = start.add({ days: LONGEST_DAYS });
  const end = start.add({ [unit]: Math.min(amount, LONGEST_DAYS) });
  const bounded = Temporal.ZonedDateTime.compare(end, longest) > 0 ? longest : end;
  return new Date(bounded.epochMilliseconds);
}

/** "Until Monday", in whole days; {@link PAUSE_DAYS} when no such day is named. */
function untilNamed(text: string, said: Said): PauseLength {
  const found = UNTIL.exec(cleanText(text, 400));
  const day = found?.[1] ?? found?.[2];
  const then = day === undefined ? undefined : resolveWhen(day, said);
  if (then === undefined) return { unit: "days", amount: PAUSE_DAYS };
  const ms = then.getTime() - said.now.getTime();
  return { unit: "days", amount: Math.max(1, Math.ceil(ms / 86_400_000)) };
}
