/** `aftertalk workspace show|set KEY=VALUE…`: what a workspace has set for itself. */
import { z } from "zod";
import { nearest } from "../commands/nearest.ts";
import { readSettingText, writeSettingText } from "../configuration/setting-text.ts";
import {
  settingAbout,
  settingLabel,
  settingNamed,
  settingsTable,
} from "../configuration/settings-table.ts";
import { AppError } from "../errors.ts";
import { textsFor } from "../locales/index.ts";
import { chatConnectionsOf } from "../store/connections.ts";
import type { Db } from "../store/schema.ts";
import { flatten, readSettings, type SettingsChange, settingsChange } from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
import { setAsOperator } from "./apply-changes.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";
import { inWork } from "./with-engine.ts";

export function showWorkspace(context: CliContext): Promise<number> {
  return withDatabase(context, async ({ db }, workspace) => {
    return tell(context, workspace, flatten(await readSettings(db, workspace.id)));
  });
}

/** Changes all of them or, when one is wrong, none. */
export function setWorkspace(context: CliContext, pairs: readonly string[]): Promise<number> {
  const change = readPairs(pairs);
  return withDatabase(context, async (database, workspace) => {
    const after = await inWork(context, database, async ({ transaction, now }) => {
      await setAsOperator(transaction, workspace.id, flatten(change), now).catch(
        (error: unknown) => {
          throw error instanceof z.ZodError ? unusable(error) : error;
        },
      );
      const settings = await readSettings(transaction, workspace.id);
      if (change.digest?.channel)
        await refuseUnknownPlace(transaction, workspace, change.digest.channel);
      return settings;
    });
    return tell(context, workspace, flatten(after));
  });
}

/** Throws `bad-input` for a channel of a platform that is not connected: nothing would arrive. */
async function refuseUnknownPlace(db: Db, { id }: Workspace, channel: string): Promise<void> {
  const platforms = (await chatConnectionsOf(db, id)).map(({ ref }) => ref.platform);
  if (platforms.includes(channel.slice(0, channel.indexOf(":")))) return;
  const there = [...new Set(platforms)].join(", ");
  const why = there === "" ? "no platform is connected yet" : `connected are: ${there}`;
  throw new AppError("bad-input", `Nothing was changed. digest.channel: ${why}.`, {
    advice: "Write it as platform:channelId, for example slack:C0123456789.",
  });
}

function tell(
  { out }: CliContext,
  workspace: Workspace,
  settings: Record<string, unknown>,
): number {
  out.line(`${workspace.name}, ${workspace.timeZone}`);
  for (const [key, value] of Object.entries(settings))
    out.line(`  ${key}=${writeSettingText(value)}`);
  out.result({ name: workspace.name, timeZone: workspace.timeZone, settings });
  return exitCodes.ok.code;
}

/** `retention.textsDays=90` … as a change; throws `bad-input` for what is not of that form. */
function readPairs(pairs: readonly string[]): SettingsChange {
  const values: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [, key = "", text = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    const setting = settingNamed(key);
    if (setting === undefined) throw unknown(key || pair);
    values[key] = readSettingText(setting, text);
  }
  return settingsChange(values);
}

function unknown(key: string): AppError {
  const near = nearest(
    key,
    settingsTable.map(({ name }) => name),
  );
  return new AppError("bad-input", `There is no setting ${JSON.stringify(key)}.`, {
    advice:
      near === undefined ? "aftertalk workspace show lists them all." : `Did you mean ${near}?`,
  });
}

function unusable({ issues }: z.ZodError): AppError {
  // One item of a list is wrong as the list is.
  const problems = issues.map(({ path, message }) => `${path.slice(0, 2).join(".")}: ${message}`);
  return new AppError("bad-input", `Nothing was changed. ${[...new Set(problems)].join("; ")}.`, {
    advice: [...issues.flatMap(whatItIs), "docs/command-line.md says what is allowed."].join(" "),
  });
}

/** Of the setting that is wrong, where it is one alone. */
function whatItIs({ path }: z.core.$ZodIssue): string[] {
  const setting = settingNamed(path.slice(0, 2).join("."));
  if (setting === undefined) return [];
  const texts = textsFor("en");
  return [`${settingLabel(texts, setting)}: ${settingAbout(texts, setting)}`];
}
