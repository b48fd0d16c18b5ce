/** The settings of a file. Pure. */
import { z } from "zod";
import { nearest } from "../../commands/nearest.ts";
import { explainIssues, hint } from "../../scheduling/definition/schedule-issues.ts";
import {
  defaultSettings,
  flatten,
  settingsChange,
  settingsFrom,
  settingsSchema,
} from "../../store/settings.ts";
import { settingNamed, settingsTable } from "../settings-table.ts";
import { type Found, isFields, type KnownToFile } from "./filed.ts";
import { aboutQuotes } from "./shape.ts";
import { fileHint } from "./write-settings.ts";

/** What the file sets, by the names with dots, and what is wrong with it. */
export function readFiledSettings(
  written: unknown,
  known: KnownToFile | undefined,
): { readonly settings: Readonly<Record<string, unknown>>; readonly found: readonly Found[] } {
  if (written === null) return { settings: {}, found: [] };
  if (!isFields(written)) {
    return {
      settings: {},
      found: [{ path: ["settings"], message: "it must be a group of fields" }],
    };
  }
  const { settings, found } = byName(written);
  const now = known?.now.settings ?? flatten(defaultSettings);
  const wrong = [...valueProblems(settings, now), ...channelProblems(settings, known)];
  return { settings, found: [...found, ...wrong.map(in_)] };
}

/** Where in the file a problem of the settings stands. */
function in_(problem: Found): Found {
  return { ...problem, path: ["settings", ...problem.path], about: "settings", depth: 1 };
}

const names: readonly string[] = settingsTable.map(({ name }) => name);

function byName(written: Record<string, unknown>) {
  const settings: Record<string, unknown> = {};
  const found: Found[] = [];
  const add = (path: readonly string[], value: unknown) => {
    const name = path.join(".");
    if (settingNamed(name) !== undefined) settings[name] = value;
    else found.push(in_({ path, at: "key", message: unknownSetting(path) }));
  };
  for (const [part, value] of Object.entries(written)) {
    const isPart = names.some((name) => name.startsWith(`${part}.`));
    const [group = "", field] = part.split(".");
    if (field !== undefined) {
      const message = `settings stand in groups: ${group}: with ${field}: in it`;
      found.push(in_({ path: [part], at: "key", message }));
    } else if (!isPart) add([part], value);
    // Every field of a part may be a comment.
    else if (value === null) continue;
    else if (isFields(value))
      for (const field of Object.keys(value)) add([part, field], value[field]);
    else found.push(in_({ path: [part], message: "it must be a group of fields" }));
  }
  return { settings, found };
}

function unknownSetting(path: readonly string[]): string {
  const [part = "", field] = path;
  if (field === undefined) {
    const parts = [...new Set(names.map((name) => name.split(".")[0] ?? ""))];
    return `there is no ${JSON.stringify(part)} here: ${hint(part, parts)}`;
  }
  const fields = names.flatMap((name) => {
    const [its, inner] = name.split(".");
    return its === part && inner !== undefined ? [inner] : [];
  });
  return `there is no ${JSON.stringify(field)} here: ${hint(field, fields)}`;
}

/** Together with what is set already: some have to fit one another. */
function valueProblems(
  settings: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): Found[] {
  const all = { ...now, ...settings };
  try {
    settingsFrom(all);
    return [];
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const filed = Object.keys(settings);
    const { issues } = error;
    // How fields go together is said when each of them is right.
    const isSaid = ([part, ...rest]: readonly PropertyKey[]) =>
      rest.length === 0 && issues.some(({ path }) => path.length > 1 && path[0] === part);
    return explainIssues(settingsSchema, settingsChange(all), issues).flatMap(
      ({ path, message }) => {
        const name = path.map(String).join(".");
        const isFiled = filed.some((it) => it.startsWith(name) || name.startsWith(it));
        return isFiled && !isSaid(path) ? [explained({ path, message }, all)] : [];
      },
    );
  }
}

/** With what may stand there, where that is not said already. */
function explained({ path, message }: Found, all: Readonly<Record<string, unknown>>): Found {
  const setting = settingNamed(path.slice(0, 2).map(String).join("."));
  const quoted = aboutQuotes(settingsChange(all))({ path, message });
  if (setting === undefined) return quoted;
  const zone = all[setting.name];
  const near =
    setting.kind.is === "zone" && typeof zone === "string"
      ? nearest(zone, Intl.supportedValuesOf("timeZone"))
      : undefined;
  if (near !== undefined) return { path, message: `${message}: did you mean ${near}?` };
  const isBare = /^(it must be|at most|at least|more than) /u.test(message);
  const hint = fileHint(setting);
  const isWhole = message !== "it must be a text" && quoted.message !== message;
  if (isWhole || !isBare || message.includes(hint)) return quoted;
  return { path, message: `${message}: ${hint}` };
}

/** Nothing would arrive in a channel of a platform that is not connected. */
function channelProblems(
  settings: Readonly<Record<string, unknown>>,
  known: KnownToFile | undefined,
): Found[] {
  const channel = settings["digest.channel"];
  if (known === undefined || typeof channel !== "string") return [];
  const platforms = [
    ...new Set([...known.connections.keys()].map((each) => each.slice(0, each.indexOf(":")))),
  ];
  const platform = channel.slice(0, channel.indexOf(":"));
  if (platforms.includes(platform)) return [];
  const there =
    platforms.length === 0 ? "none is connected yet" : `connected: ${platforms.join(", ")}`;
  const message = `no platform ${JSON.stringify(platform)} is connected (${there})`;
  const path = ["digest", "channel"];
  const isSo = known.now.settings["digest.channel"] === channel;
  return [{ path, message, ...(isSo ? { level: "warning" as const } : {}) }];
}
