/**
 * What a chat platform brings to the command line: `aftertalk PLATFORM COMMAND`, and its checks for
 * `aftertalk doctor`. main.ts hands them in; nothing here knows which platforms there are.
 */
import type { Command } from "commander";
import type { Config } from "../config.ts";
import type { Finding, Message, Outline } from "../platform.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Run } from "./program/run.ts";

export interface PlatformTools {
  /** The word that is typed: `slack`. */
  readonly name: string;
  readonly description: string;
  readonly commands: readonly PlatformCommand[];
  /** What is found of this platform as it is set up; nothing when it is not. Changes nothing. */
  readonly checks: (config: Config) => AsyncIterable<Finding>;
  /** Loads what tells how a message will look there; nothing has to be set up for it. */
  readonly outline?: () => Promise<(message: Message) => Outline>;
}

/** One command of a platform. It needs no database. */
export interface PlatformCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly PlatformOption[];
  /** Shown under its help. */
  readonly help?: string;
  /**
   * `options` by their names in camel case, `"on"` for those without a value. `config` reads the
   * settings, and throws `bad-setting` when they are not usable: only what needs them asks for them.
   */
  readonly run: (
    options: Readonly<Record<string, string>>,
    config: () => Config,
  ) => Promise<PlatformResult>;
}

export interface PlatformOption {
  /** As commander writes them: `--http <url>`, `--all`. */
  readonly flags: string;
  readonly description: string;
}

export type PlatformResult =
  | {
      /** For `--json`. */
      readonly result: unknown;
      /** The same for people, on standard output. */
      readonly text: string;
      /** What to do with it, on standard error. */
      readonly note?: string;
    }
  /** Wrong usage: what has to be otherwise, as a sentence. */
  | { readonly problem: string };

/** Adds `PLATFORM COMMAND` for each. */
export function addPlatforms(program: Command, tools: readonly PlatformTools[], run: Run): void {
  for (const { name, description, commands } of tools) {
    const platform = program.command(name).description(description);
    for (const command of commands) addCommand(platform, command, run);
  }
}

function addCommand(platform: Command, { run: work, ...about }: PlatformCommand, run: Run): void {
  const command = platform.command(about.name).description(about.description);
  for (const { flags, description } of about.options) command.option(flags, description);
  if (about.help !== undefined) command.addHelpText("after", `\n${about.help}`);
  command.action((given: Record<string, unknown>) =>
    run(async ({ out, config }) => {
      const done = await work(textsOf(given), config);
      if ("problem" in done) return command.error(`error: ${done.problem}`);
      const { result, text, note } = done;
      out.line(text);
      out.result(result);
      if (note !== undefined) out.note(note);
      return exitCodes.ok.code;
    }),
  );
}

/** Options as texts; a switch that is on is `"on"`. `--json` is ours, and not told. */
function textsOf(given: Record<string, unknown>): Record<string, string> {
  const options = Object.entries(given).flatMap(([name, value]) => {
    if (name === "json") return [];
    if (value === true) return [[name, "on"] as const];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(options);
}
