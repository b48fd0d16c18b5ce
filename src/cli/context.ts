/** What every command is given. */
import type { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import { type Config, type Environment, readConfig } from "../config.ts";
import { createLog, type Log, type LogLevel } from "../log.ts";
import { createOutput, type Output, type OutputStream } from "./output.ts";
import type { PlatformTools } from "./platform-tools.ts";

/** The running service as the `start` command knows it. */
export interface RunningService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the service; main.ts has it, because it knows the platforms. */
export type StartService = (options: {
  readonly config: Config;
  readonly log: Log;
  readonly onProgress: (line: string) => void;
}) => Promise<RunningService>;

/** Everything from outside that a command may need. */
export interface Surroundings {
  /** Without the names of the runtime and the script. */
  readonly args: readonly string[];
  readonly env: Environment;
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  /** Aborted when somebody wants the command to end. */
  readonly signal: AbortSignal;
  readonly start: StartService;
  /** What the platforms bring to the command line. */
  readonly tools: readonly PlatformTools[];
}

export interface CliContext extends Omit<Surroundings, "args" | "stdout" | "stderr"> {
  readonly out: Output;
  /** Reads the settings; throws `bad-setting`. Commands that need none do not ask. */
  config(): Config;
  /** A log at the level of the settings, else at `usual`. */
  log(usual: LogLevel): Log;
}

export function createContext(surroundings: Surroundings): CliContext {
  const { args, stdout, stderr, ...rest } = surroundings;
  let read: Config | undefined;
  const config = (): Config => {
    read ??= readConfig(rest.env);
    return read;
  };
  return {
    ...rest,
    out: createOutput(stdout, stderr, wantsJson(args)),
    config,
    log: (usual) => createLog(config().logLevel ?? usual),
  };
}

/** `reply --lines` has no other output than JSON. */
const ALWAYS_JSON = "--lines";

/** Known before the rest is parsed, so that also a wrong usage is told as JSON. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  const options = end === -1 ? args : args.slice(0, end);
  return options.includes("--json") || options.includes(ALWAYS_JSON);
}
