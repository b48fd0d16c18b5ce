/** `aftertalk start`: runs the service until it is told to stop. */
import { once } from "node:events";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";

export async function start(context: CliContext): Promise<number> {
  const { out, signal } = context;
  const config = context.config();
  const early = () => out.note("It stops when it has started; Ctrl-C once more ends it at once.");
  signal.addEventListener("abort", early);
  const service = await context.start({
    config,
    log: context.log("info"),
    onProgress: (line) => out.note(line),
  });
  signal.removeEventListener("abort", early);
  try {
    out.line(`aftertalk is ready: ${service.url} (Ctrl-C stops it)`);
    out.result({ url: service.url });
    if (!signal.aborted) await once(signal, "abort");
    out.note("Stopping; what is under way is finished first.");
  } finally {
    await service.stop();
  }
  return exitCodes.ok.code;
}
