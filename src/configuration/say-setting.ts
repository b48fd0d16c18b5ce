/** Settings of a workspace and their values, in plain words. Pure. */
import { isTextKey, type Texts } from "../locales/index.ts";

/** What a setting is called: "Asked from" for `asking.from`. */
export function saySettingName(texts: Texts, name: string): string {
  const key = `setting.${name}`;
  return isTextKey(key) ? texts.text(key) : name;
}

/** A value of it as people say it: "10:00", "Monday to Friday", "180 days". */
export function saySetting(texts: Texts, name: string, value: unknown): string {
  if (value === null || value === undefined) return texts.text("change.nothing");
  return String(value);
}
