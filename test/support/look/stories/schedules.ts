/** Schedules: a sentence that is clear and one that is not, forms, saved, history and back. */
import type { Language } from "../../../../src/locales/index.ts";
import { mistaken, onSchedule, type Story, scheduleCommand } from "./story.ts";

const said: Readonly<
  Record<Language, { clear: string; open: string; two: string; strange: string }>
> = {
  en: {
    clear: "nps every Monday at 9:00, max 4 a day",
    open: "nps every 90 days",
    two: "nps every Monday at 10",
    strange: "happiness for everybody on a rainy day",
  },
  ru: {
    clear: "nps каждый понедельник в 9:00, не больше 4 в день",
    open: "nps раз в 90 дней",
    two: "nps каждый понедельник в 10",
    strange: "счастье всем в дождливый день",
  },
  "zh-Hans": {
    clear: "每周一9:00发nps，每天最多4人",
    open: "nps每90天一次",
    two: "每周一10点发nps",
    strange: "下雨天给大家幸福",
  },
  "zh-Hant": {
    clear: "每週一9:00發nps，每天最多4人",
    open: "nps每90天一次",
    two: "每週一10點發nps",
    strange: "下雨天給大家幸福",
  },
};

export const sentences: Story = async ({ admin, language }) => {
  const { text } = admin.texts;
  const { clear, open, two, strange } = said[language];
  await admin.asks(scheduleCommand(""), "schedule-list");
  await admin.asks(scheduleCommand(two), "schedule-two-meanings");
  await admin.asks(scheduleCommand(strange), "schedule-strange");
  await admin.presses(text("schedule.button.say"), "schedule-say-form");
  await admin.asks(scheduleCommand(open), "schedule-open");
  await admin.asks(scheduleCommand(clear), "schedule-review");
  await admin.presses(text("schedule.button.change"), "schedule-editor");
  await admin.presses(text("schedule.edit.limits"), "schedule-limits-form");
  const perDay = text("schedule.field.limits.perDay");
  const hours = text("schedule.field.limits.hours");
  await mistaken(admin, { [perDay]: "many", [hours]: "25–26" }, "schedule-limits-form");
  await admin.fills({ [perDay]: "3", [hours]: "" }, "schedule-review-changed");
  await admin.presses(text("schedule.button.save-on"), "schedule-saved");
};

export const parts: Story = async ({ admin }) => {
  const { text } = admin.texts;
  await admin.asks(onSchedule("edit", "relationship"), "schedule-edit");
  for (const part of ["what", "whom", "who", "since", "after"] as const) {
    await admin.presses(text(`schedule.edit.${part}`), `schedule-${part}-form`);
    await admin.asks(onSchedule("edit", "relationship"));
  }
  await admin.presses(text("schedule.edit.when"), "schedule-when");
  for (const on of ["cron", "answer-given", "date"] as const) {
    await admin.presses(text(`schedule.trigger.${on}`), `schedule-on-${on}-form`);
    await admin.asks(onSchedule("edit", "relationship"));
    await admin.presses(text("schedule.edit.when"));
  }
};

export const past: Story = async ({ admin }) => {
  const { text } = admin.texts;
  const open = async () => {
    await admin.asks(onSchedule("edit", "relationship"));
    await admin.presses(text("schedule.edit.after"));
  };
  await open();
  await admin.fills({ [text("schedule.field.limits.expireAfter")]: "10d" }, "schedule-edit-review");
  const yes = text("schedule.button.save");
  await admin.presses(admin.has(yes) ? yes : text("schedule.button.save-on"));
  await admin.asks(onSchedule("show", "relationship"), "schedule-show").catch(() => undefined);
  await admin.asks(onSchedule("preview", "relationship"), "schedule-preview");
  await admin.asks(onSchedule("history", "relationship"), "schedule-history");
  await admin.presses(text("schedule.past.back", { version: 1 }), "schedule-rollback");
  await admin.asks(onSchedule("diff", "relationship"), "schedule-diff");
  await admin.asks(onSchedule("archive", "exit"), "schedule-archive");
  await admin.asks(onSchedule("off", "relationship"), "schedule-off");
  await admin.asks(onSchedule("history", "relatoinship"), "schedule-unknown");
};
