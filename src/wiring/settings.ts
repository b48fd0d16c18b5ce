/** What every platform takes from the settings, and from the core's texts. */
import type { Config } from "../config.ts";
import { isTextKey, languageFor, textsFor } from "../locales/index.ts";

/** Seconds between the closing of a chat and the question; undefined: as the core has it. */
export function askDelay({ askAfterMinutes }: Config): number | undefined {
  return askAfterMinutes === undefined ? undefined : askAfterMinutes * 60;
}

/** How chats of this platform are closed and asked about. */
export function chatSettings(
  config: Config,
  { askIn, closeAfterHours, closeButton }: Config["slack"] | Config["discord"],
) {
  const askDelaySeconds = askDelay(config);
  return {
    ...{ askIn, closeAfterHours, closeButton },
    ...(askDelaySeconds === undefined ? {} : { askDelaySeconds }),
  };
}

/** A text of ours in the language of the reader; a key that there is none for stays a key. */
export function say(
  locale: string | undefined,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string {
  return isTextKey(key) ? textsFor(languageFor(locale)).text(key, values) : key;
}
