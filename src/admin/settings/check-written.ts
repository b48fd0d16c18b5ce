/** What was written into a form of settings, checked with what only the database knows. */

import { textsFor } from "../../locales/index.ts";
import { chatConnectionsOf } from "../../store/connections.ts";
import { readConfiguration } from "../../store/read-configuration.ts";
import type { Drawing } from "../stop/stopped.ts";
import { type SettingsForm, type Values, valuesOf } from "./forms-of.ts";
import { type Reading, readWritten, type Written } from "./written.ts";

const CHANNEL = "digest.channel";

/** The values that were written, or what is wrong; and what holds now. */
export async function checkWritten(
  { db, reader }: Drawing,
  form: SettingsForm,
  written: Written,
): Promise<{ readonly reading: Reading; readonly holds: Values }> {
  const texts = textsFor(reader.language);
  const now = await readConfiguration(db, reader.workspace.id);
  const holds = valuesOf(form, now);
  const reading = readWritten(texts, form, written, now.settings);
  const channel = reading.ok ? reading.values[CHANNEL] : undefined;
  if (typeof channel !== "string" || channel === holds[CHANNEL]) return { reading, holds };
  // Nothing would ever arrive on a platform that is not connected.
  const all = await chatConnectionsOf(db, reader.workspace.id);
  const platforms = [...new Set(all.map(({ ref }) => ref.platform))];
  if (platforms.includes(channel.slice(0, channel.indexOf(":")))) return { reading, holds };
  const problem = texts.text("settings.channel", { platforms: platforms.join(", ") });
  return { reading: { ok: false, problems: { [CHANNEL]: problem } }, holds };
}
