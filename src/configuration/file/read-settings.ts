/** The settings of a file. Pure. */
import { z } from "zod";
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
    if (!isPart) add([part], value);
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
        return isFiled && !isSaid(path) ? [{ path, message }] : [];
      },
    );
  }
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
