/** `aftertalk workspace show|set KEY=VALUE…`: what a workspace has set for itself. */
import { z } from "zod";
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";
import { joinAccountsOfEmails } from "../people/accounts.ts";
import { chatConnectionsOf } from "../store/connections.ts";
import type { Db } from "../store/schema.ts";
import { defaultSettings, flatten, readSettings, type SettingsChange } from "../store/settings.ts";
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
      if (settings.accounts.byEmailDomain) await joinAccountsOfEmails(transaction, workspace.id);
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
  for (const [key, value] of Object.entries(settings)) out.line(`  ${key}=${write(value)}`);
  out.result({ name: workspace.name, timeZone: workspace.timeZone, settings });
  return exitCodes.ok.code;
}

/** What is typed for an empty list, and for what is not set. */
const NONE = "none";
/** Numbers by name. */
const POINTS = "churn.points";
/** Numbers that are not set at first. */
const TARGETS = "targets.";

/** Every setting that there is, with its value as long as nothing is set: it tells the type. */
const known = flatten(defaultSettings);

/** `retention.textsDays=90` … as a change; throws `bad-input` for what is not of that form. */
function readPairs(pairs: readonly string[]): SettingsChange {
  const change: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [, key = "", text = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (!(key in known)) throw unknown(key || pair);
    const [part = "", field] = key.split(".");
    const value = readValue(key, text.trim());
    if (field === undefined) change[part] = value;
    else
      change[part] = {
        ...z.record(z.string(), z.unknown()).safeParse(change[part]).data,
        [field]: value,
      };
  }
  return change;
}

/** In the type that the setting has; what cannot be read as it is refused by the settings' own check. */
function readValue(key: string, text: string): unknown {
  const like = known[key];
  if (Array.isArray(like)) return text === NONE ? [] : listIn(text).map(asNumber);
  if (like === null && text === NONE) return null;
  if (key === POINTS) return readPoints(text);
  if (typeof like === "number" || key.startsWith(TARGETS)) return asNumber(text);
  if (typeof like !== "boolean") return text;
  return { on: true, true: true, off: false, false: false }[text] ?? text;
}

/** `silent:2,score-low:3` by name; what is of another form is refused as it stands. */
function readPoints(text: string): unknown {
  const pairs = listIn(text).map((each) => /^([a-z-]+):(\d+)$/.exec(each));
  if (pairs.includes(null)) return text;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], Number(pair?.[2])]));
}

function listIn(text: string): string[] {
  return text === "" ? [] : text.split(",").map((each) => each.trim());
}

function asNumber(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** As it can be typed. */
function write(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (value === null) return NONE;
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join(",");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}:${each}`)
    .join(",");
}

function unknown(key: string): AppError {
  const near = nearest(key, Object.keys(known));
  return new AppError("bad-input", `There is no setting ${JSON.stringify(key)}.`, {
    advice:
      near === undefined ? "aftertalk workspace show lists them all." : `Did you mean ${near}?`,
  });
}

function unusable({ issues }: z.ZodError): AppError {
  // One item of a list is wrong as the list is.
  const problems = issues.map(({ path, message }) => `${path.slice(0, 2).join(".")}: ${message}`);
  return new AppError("bad-input", `Nothing was changed. ${[...new Set(problems)].join("; ")}.`, {
    advice: "docs/command-line.md says what is allowed.",
  });
}
