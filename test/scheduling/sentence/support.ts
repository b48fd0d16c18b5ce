/** A workspace that the sentences of the corpus are said in, and how a reading is compared. */
import { isDeepStrictEqual } from "node:util";
import {
  durationMs,
  makeSchedule,
  type ScheduleDefinition,
  type ScheduleInput,
} from "../../../src/scheduling/definition/schedule.ts";
import type { KnownToSentences } from "../../../src/scheduling/sentence/reading.ts";

export const known: KnownToSentences = {
  surveys: [
    { key: "chat-nps", metric: "nps", aboutChats: true, names: [] },
    { key: "chat-ces", metric: "ces", aboutChats: true, names: [] },
    { key: "chat-csat", metric: "csat", aboutChats: true, names: [] },
    { key: "onboarding-ces", metric: "ces", aboutChats: false, names: ["онбординг ces"] },
    { key: "relationship-nps", metric: "nps", aboutChats: false, names: [] },
    { key: "still-solved", metric: "resolution", aboutChats: false, names: [] },
    { key: "churn-check-in", metric: null, aboutChats: false, names: [] },
    {
      ...{ key: "exit", metric: null, aboutChats: false },
      names: ["exit survey", "опрос при уходе", "离开调查", "離開調查"],
    },
  ],
  schedules: ["relationship", "onboarding"],
  teams: ["Billing", "Technical"],
  channels: ["#help", "support"],
  plans: ["pro", "enterprise", "basic"],
  tags: ["vip", "beta"],
  accounts: ["Acme", "Globex"],
  platforms: ["slack", "discord"],
  dates: [{ name: "renewal", of: "account", names: ["продления", "续约", "續約"] }],
  asking: { from: "09:00", to: "17:00" },
};

/** Without its name, and with every length in the same unit. */
function compared(schedule: ScheduleInput): unknown {
  const { name: _, ...rest }: ScheduleDefinition = makeSchedule(schedule);
  return JSON.parse(JSON.stringify(rest), (_key, value: unknown) =>
    typeof value === "string" && /^\d+[mhdw]$/.test(value) ? durationMs(value) : value,
  );
}

export function isSame(one: ScheduleInput, other: ScheduleInput): boolean {
  return isDeepStrictEqual(compared(one), compared(other));
}
