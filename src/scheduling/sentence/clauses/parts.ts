/** What clauses are made of. */
import type { Part } from "../grammar.ts";

/** Names of one sort, one or more of them. */
const list = (tag: string, part: string): Part => ({
  one: [tag],
  or: [`${tag} OR <${part}>`, `${tag} SEP OR? <${part}>`],
  and: [`${tag} AND <${part}>`],
});

export const parts: Readonly<Record<string, Part>> = {
  event: {
    "chat-closed": [
      "CHAT CLOSED",
      "CLOSED CHAT",
      "CHAT",
      "CLOSED",
      "PEOPLE CHAT",
      "<chatof> CLOSED",
      "CLOSED <chatof>",
      "<chatof>",
    ],
    "chat-reopened": ["CHAT REOPENED", "REOPENED CHAT", "REOPENED"],
    "person-joined": ["JOIN", "PEOPLE JOIN", "JOIN PEOPLE"],
    "account-joined": ["ACCOUNT JOIN", "JOIN ACCOUNT"],
    "person-left": ["LEAVE", "PEOPLE LEAVE", "LEAVE PEOPLE"],
    "account-left": ["ACCOUNT LEAVE", "LEAVE ACCOUNT"],
    "answer-given": [
      "METRIC ANSWER WITH? SCORE? <score> SCORE?",
      "ANSWER METRIC <score>",
      "METRIC ANSWER OF <score>",
      "ANSWER <score> METRIC",
      "METRIC SCORE OF? <score>",
      "METRIC OF <score>",
    ],
    "signals-reached": [
      "SIGNALS REACH? <tier>",
      "<tier> SIGNALS",
      "PEOPLE REACH <tier> SIGNALS",
      "REACH <tier> SIGNALS",
    ],
    date: ["DATENAME", "DATE OF? DATENAME", "DATENAME DATE"],
  },
  /** A chat of somebody's, or somewhere. */
  chatof: {
    team: [
      "CHAT WITH|AND? TEAM? <teams> TEAM?",
      "TEAM? <teams> TEAM? CHAT",
      "WITH|AND TEAM? <teams> TEAM? CHAT",
      "CHAT TEAM <teams>",
    ],
    channel: [
      "CHAT IN|AT|ON? CHANNEL <channels>",
      "CHANNEL <channels> CHAT",
      "<channels> CHANNEL? CHAT",
      "CHAT IN|AT|ON <channels> CHANNEL?",
    ],
  },
  tier: { high: ["HIGH"], watch: ["WATCH"], low: ["LOW"] },
  score: {
    both: [
      "NUM TO NUM",
      "BETWEEN NUM AND|TO NUM",
      "FROM NUM TO NUM",
      "NUM TO NUM BETWEEN",
      "SCORE NUM TO NUM",
    ],
    either: ["NUM OR NUM"],
    min: ["NUM ORMORE", "ATLEAST NUM", "NUM SCORE ORMORE"],
    max: ["NUM ORLESS", "MAXW NUM", "NUM SCORE ORLESS"],
    above: ["ABOVE NUM"],
    below: ["BELOW NUM"],
    exact: ["NUM"],
  },
  /** How long ago. */
  ago: {
    min: ["ATLEAST DUR AGO?", "ABOVE DUR AGO?", "DUR ORMORE AGO?"],
    max: ["INLAST DUR WITHIN?", "MAXW DUR AGO?", "DUR ORLESS AGO?", "IN|WITHIN DUR", "DUR WITHIN"],
    below: ["BELOW DUR AGO?"],
    both: [
      "BETWEEN NUM AND|TO DUR AGO?",
      "BETWEEN DUR AND|TO DUR AGO?",
      "NUM TO DUR AGO",
      "FROM NUM TO DUR AGO",
    ],
  },
  days: {
    one: ["WEEKDAY|EVERY_WEEKDAY"],
    list: ["WEEKDAY|EVERY_WEEKDAY AND <days>", "WEEKDAY|EVERY_WEEKDAY SEP AND? <days>"],
    range: [
      "WEEKDAY|EVERY_WEEKDAY TO WEEKDAY|EVERY_WEEKDAY",
      "FROM WEEKDAY|EVERY_WEEKDAY TO WEEKDAY",
    ],
  },
  plans: list("PLANNAME", "plans"),
  teams: list("TEAMNAME", "teams"),
  channels: list("CHANNELNAME", "channels"),
  tags: list("TAGNAME", "tags"),
  accounts: list("ACCOUNTNAME", "accounts"),
  platforms: list("PLATFORMNAME", "platforms"),
  languages: list("LANG", "languages"),
};
