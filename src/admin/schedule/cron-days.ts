/** Fixed times as people choose them: days and a time instead of five fields. Pure. */
import type { Written } from "./form.ts";

const simple = /^(\d{1,2}) (\d{1,2}) \* \* (\*|1-5|[0-6])$/u;

/** With the days and the time that a time of five fields stands for, when it is that simple. */
export function timesOf(written: Written): Written {
  const trigger = triggerOf(written);
  const [, minute, hour, days] = simple.exec(String(trigger.cron ?? "")) ?? [];
  if (minute === undefined || hour === undefined) return written;
  const { cron: _, ...others } = trigger;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  return { ...written, trigger: { ...others, days, time } };
}

/** The five fields out of days and a time, where those were chosen; else as they were written. */
export function cronOf(written: Written): Written {
  const { days, time, ...others } = triggerOf(written);
  if (typeof days !== "string" || typeof time !== "string") return { ...written, trigger: others };
  const [hour, minute] = time.split(":").map(Number);
  return { ...written, trigger: { ...others, cron: `${minute} ${hour} * * ${days}` } };
}

function triggerOf({ trigger }: Written): Record<string, unknown> {
  return typeof trigger === "object" && trigger !== null ? { ...trigger } : {};
}
