/** The schedules that every workspace starts with: the defaults of the product, switched on by choice. */
import { makeSchedule, type ScheduleDefinition } from "./schedule.ts";

/** A schedule to create, and whether it is on from the start. */
export interface StandardSchedule {
  readonly definition: ScheduleDefinition;
  readonly on: boolean;
}

/** After-chat is on; the others wait to be switched on. */
export const standardSchedules: readonly StandardSchedule[] = [
  {
    on: true,
    definition: makeSchedule({
      name: "after-chat",
      kind: "chat",
      survey: "after-chat",
      trigger: { on: "chat-closed", delay: "15m" },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "still-solved",
      kind: "still-solved",
      survey: "still-solved",
      trigger: { on: "chat-closed", delay: "3d" },
      limits: { remindAfter: null },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "onboarding",
      kind: "onboarding",
      steps: [
        { survey: "onboarding-ces", after: "7d" },
        { survey: "onboarding-ces", after: "23d" },
      ],
      trigger: { on: "person-joined" },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "relationship",
      kind: "relationship",
      steps: [{ survey: "relationship-nps", after: "30d" }],
      repeatAfter: "90d",
      trigger: { on: "person-joined" },
      limits: { every: "90d", rest: "30d" },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "churn-check-in",
      kind: "churn",
      survey: "churn-check-in",
      trigger: { on: "signals-reached", tier: "watch" },
      limits: { every: "90d" },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "exit",
      kind: "exit",
      survey: "exit",
      trigger: { on: "person-left" },
    }),
  },
  {
    on: false,
    definition: makeSchedule({
      name: "account-exit",
      kind: "exit",
      survey: "exit",
      trigger: { on: "account-left" },
      audience: { accountRole: "buyer" },
    }),
  },
];
