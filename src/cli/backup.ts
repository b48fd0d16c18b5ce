/** `aftertalk backup FILE`: everything that is kept, at one moment, in one file. */
import { writeBackup } from "../backup/write.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { withDatabase } from "./with-database.ts";

export async function backup(context: CliContext, file: string): Promise<number> {
  const { out, signal, clock } = context;
  const progress = out.progress();
  const rows = await withDatabase(context, (database) =>
    writeBackup(database, {
      file,
      now: clock.now(),
      signal,
      onProgress: (count) => progress.update(() => `${count.toLocaleString("en")} rows written`),
    }),
  ).finally(() => progress.done());
  const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
  out.line(`${total.toLocaleString("en")} rows are in ${file}, readable by you alone.`);
  out.line(
    "Keep AFTERTALK_SECRET, or the file secret of the data folder, in another place with it.",
  );
  out.result({ file, rows });
  return exitCodes.ok.code;
}
