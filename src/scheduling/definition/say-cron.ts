/** Fixed times in plain words, as far as they are days of the week or one of the month. Pure. */
import { isTextKey, type Texts } from "../../locales/index.ts";

const weekly = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6](?:,[0-6])*)$/u;
const monthly = /^(\d{1,2}) (\d{1,2}) (\d{1,2}) \* \*$/u;

/** "on Mondays at 09:00"; `undefined` for what only its five fields say. */
export function sayCron(texts: Texts, cron: string): string | undefined {
  const month = monthly.exec(cron);
  if (month !== null) {
    const [, minute = "", hour = "", day = ""] = month;
    return texts.text("schedule.when.month-day", { day, time: timeOf(hour, minute) });
  }
  const week = weekly.exec(cron);
  if (week === null) return undefined;
  const [, minute = "", hour = "", days = ""] = week;
  const names = days.split(",").flatMap((each) => {
    const key = `schedule.choice.days.${each === "*" ? "all" : each}`;
    return isTextKey(key) ? [texts.text(key)] : [];
  });
  const list = new Intl.ListFormat(texts.language, { type: "conjunction" }).format(names);
  const how = days === "*" ? "daily" : "weekly";
  return texts.text("schedule.when.days", { how, days: list, time: timeOf(hour, minute) });
}

function timeOf(hour: string, minute: string): string {
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}
