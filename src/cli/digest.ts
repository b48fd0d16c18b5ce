/** `aftertalk digest [--post]`: what the leads are told each week, printed or posted now. */
import { digestCard } from "../digest/card.ts";
import { type Digest, loadDigest } from "../digest/digest.ts";
import { digestPosts, placesOf, postDigest } from "../digest/post.ts";
import { latestDigest, periodOfDigest } from "../digest/when.ts";
import { doWork, type Engine } from "../engine.ts";
import { chatConnectionsOf } from "../store/connections.ts";
import type { Db } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import { messageText } from "./message-text.ts";
import { withDatabase } from "./with-database.ts";
import { withEngine } from "./with-engine.ts";

/** The command line speaks English, and so do its cards. */
const LANGUAGE = "en";

/** The digest of the week that the latest one is about, with the cases and schedules of now. */
export function showDigest(
  context: CliContext,
  { post }: { readonly post?: true },
): Promise<number> {
  if (post === true) return withEngine(context, (engine, at) => postNow(context, engine, at));
  return withDatabase(context, async ({ db }, workspace) => {
    tell(context, await load(context, db, workspace));
    return exitCodes.ok.code;
  });
}

async function postNow(context: CliContext, engine: Engine, workspace: Workspace): Promise<number> {
  const { out } = context;
  const digest = await load(context, engine.db, workspace);
  const { digest: settings } = await readSettings(engine.db, workspace.id);
  const connections = await chatConnectionsOf(engine.db, workspace.id);
  const posts = await digestPosts(digest, placesOf(connections, settings.channel));
  const posted: { connection: string; posted: boolean }[] = [];
  await doWork(engine, async (work) => {
    posted.length = 0;
    for (const each of posts) {
      const { ref, name } = each.connection;
      const connection = `${ref.platform} ${name}`;
      posted.push({ connection, posted: await postDigest(engine, work, each) });
    }
  });
  tell(context, digest, posted);
  if (posted.length === 0) out.note("Nothing is connected, so it was posted nowhere.");
  for (const each of posted) {
    const how = each.posted ? "goes out as soon as the service runs" : "was posted there before";
    out.note(`${each.connection}: it ${how}.`);
  }
  return posted.length === 0 ? exitCodes.failure.code : exitCodes.ok.code;
}

async function load({ clock }: CliContext, db: Db, workspace: Workspace): Promise<Digest> {
  const { digest: when } = await readSettings(db, workspace.id);
  const { timeZone } = workspace;
  const at = latestDigest(when, timeZone, clock.now());
  return loadDigest({ db, clock }, workspace, periodOfDigest(at, timeZone));
}

function tell(
  { out }: CliContext,
  digest: Digest,
  posted?: readonly { readonly connection: string; readonly posted: boolean }[],
): void {
  const { figures, response, coverage, cases, upcoming } = digest;
  out.line(messageText(digestCard(digest, LANGUAGE)));
  out.result({
    summaries: figures.map(({ summary }) => summary),
    ...{ response, coverage, upcoming },
    cases: { open: cases.open, overdue: cases.overdue },
    comments: digest.comments.length,
    ...(posted && { posted }),
  });
}
