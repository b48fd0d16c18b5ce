/** `aftertalk doctor`: looks at everything that can be wrong and says how to mend it. */
import { AppError } from "../errors.ts";
import type { Finding } from "../platform.ts";
import type { CliContext } from "./context.ts";
import { checkDataFolder } from "./doctor/data-folder.ts";
import { checkDatabase } from "./doctor/database.ts";
import { problem } from "./doctor/finding.ts";
import { checkPictures } from "./doctor/pictures.ts";
import { exitCodes } from "./exit-codes.ts";
import { logDetails } from "./explain.ts";

/** Checks one after another; nothing is changed. Exit code 1 when there is a problem. */
export async function doctor(context: CliContext): Promise<number> {
  const findings: Finding[] = [];
  const tell = (finding: Finding): void => {
    findings.push(finding);
    context.out.line(`${finding.ok ? "ok      " : "problem "} ${finding.check}: ${finding.says}`);
    if (!finding.ok) context.out.line(`         What to do: ${finding.mend}`);
  };
  const settings = checkSettings(context);
  tell(settings);
  if (settings.ok) {
    for (const finding of await checkDataFolder(context.config())) tell(finding);
    await checkDatabase(context, tell);
  }
  tell(await checkPictures());
  if (settings.ok) await checkPlatforms(context, tell);
  const healthy = findings.every(({ ok }) => ok);
  context.out.result({ ok: healthy, checks: findings });
  return healthy ? exitCodes.ok.code : exitCodes.failure.code;
}

/** Each platform's own checks, as far as they come. */
async function checkPlatforms(context: CliContext, tell: (finding: Finding) => void) {
  const config = context.config();
  for (const { name, checks } of context.tools) {
    try {
      for await (const finding of checks(config)) tell(finding);
    } catch (error) {
      const mend = "Run it again with AFTERTALK_LOG_LEVEL=debug to see the details.";
      tell(problem(name, error, mend));
      logDetails(context, error);
    }
  }
}

function checkSettings(context: CliContext): Finding {
  const check = "settings";
  try {
    const { databaseUrl, secret } = context.config();
    const shared = databaseUrl !== undefined && secret === undefined;
    return {
      check,
      ok: true,
      says: shared
        ? "all usable; give all instances on this database the same AFTERTALK_SECRET, else buttons of one are strange to the other"
        : "all usable",
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { check, ok: false, says: error.message, mend: error.advice ?? "Correct them." };
  }
}
