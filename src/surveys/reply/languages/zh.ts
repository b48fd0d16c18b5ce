/** Chinese, written in Simplified characters; see vocabulary.ts for the roles. */
import type { Vocabulary } from "../vocabulary.ts";
import { answers } from "./zh/answers.ts";
import { labels } from "./zh/labels.ts";
import { scores } from "./zh/scores.ts";
import { wishes } from "./zh/wishes.ts";

export const zh: Vocabulary = {
  phrases: { ...scores, ...answers, ...wishes },
  labels,
  numbers: [
    "零; 〇; 洞",
    "一; 壹",
    "二; 两; 贰",
    "三; 叁",
    "四; 肆",
    "五; 伍",
    "六; 陆",
    "七; 柒",
    "八; 捌",
    "九; 玖",
    "十; 拾",
  ],
  otherNumbers: "百; 千; 亿; 廿",
};
