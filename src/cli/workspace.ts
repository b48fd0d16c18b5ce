/** `aftertalk workspace show|set KEY=VALUE…`: what a workspace has set for itself. */
import { z } from "zod";
import { nearest } from "../commands/nearest.ts";
import { AppError } from "../errors.ts";
import { joinAccountsOfEmails } from "../people/accounts.ts";
import {
  changeSettings,
  defaultSettings,
  flatten,
  readSettings,
  type SettingsChange,
} from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
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
      const how = { actor: "operator", at: now };
      const settings = await changeSettings(transaction, workspace.id, change, how).catch(
        (error: unknown) => {
          throw error instanceof z.ZodError ? unusable(error) : error;
        },
      );
      if (settings.accounts.byEmailDomain) await joinAccountsOfEmails(transaction, workspace.id);
      return settings;
    });
    return tell(context, workspace, flatten(after));
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

/** Every setting that there is, with its value as long as nothing is set: it tells the type. */
const known = flatten(defaultSettings);

/** `retention.textsDays=90` … as a change; throws `bad-input` for what is not of that form. */
function readPairs(pairs: readonly string[]): SettingsChange {
  const change: Record<string, unknown> = {};
  for (const pair of pairs) {
    const [, key = "", text = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (!(key in known)) throw unknown(key || pair);
    const [part = "", field] = key.split(".");
    const value = readValue(text.trim(), known[key]);
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
function readValue(text: string, like: unknown): unknown {
  if (Array.isArray(like)) return text.split(",").map((each) => asNumber(each.trim()));
  if (typeof like === "number") return asNumber(text);
  if (typeof like !== "boolean") return text;
  return { on: true, true: true, off: false, false: false }[text] ?? text;
}

function asNumber(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function write(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return Array.isArray(value) ? value.join(",") : String(value);
}

function unknown(key: string): AppError {
  const near = nearest(key, Object.keys(known));
  return new AppError("bad-input", `There is no setting ${JSON.stringify(key)}.`, {
    advice:
      near === undefined ? "aftertalk workspace show lists them all." : `Did you mean ${near}?`,
  });
}

function unusable({ issues }: z.ZodError): AppError {
  const problems = issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return new AppError("bad-input", `Nothing was changed. ${problems.join("; ")}.`, {
    advice: "docs/privacy.md and docs/cases.md say what is allowed.",
  });
}
