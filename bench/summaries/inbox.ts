/**
 * The whole way in: a pressed button through the inbox (known before?, state, answer, what follows and
 * its jobs, all in one transaction) with 16 callers, beside a bare insert of the same row through pg
 * with as many.
 */
import type { KyselyPlugin } from "kysely";
import pg from "pg";
import { createLog } from "../../src/log.ts";
import type { PlatformUser } from "../../src/platform.ts";
import { createJobs } from "../../src/scheduling/jobs/jobs.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { changeSettings } from "../../src/store/settings.ts";
import { createWorld, dana, type World } from "../../test/support/world.ts";
import type { BenchOptions } from "./options.ts";
import { type Section, times, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { quantile } from "./timing.ts";

const CALLERS = 16;
const ROUNDS = 3;
const MINUTES = 60_000;
/** Events of each round, and the workspaces that they are spread over; fewer in a small run. */
const EVENTS = 600;
const WORKSPACES = 8;

/** Somebody who was asked and has not answered. */
export interface Asked {
  readonly world: World;
  readonly from: PlatformUser;
  readonly invitationId: string;
}

/** Copies what one person's question consists of, for as many others. */
const copies = [
  `insert into people select (jsonb_populate_record(null::people, to_jsonb(p) || jsonb_build_object(
    'id', bench_id(n, 1), 'name', 'Person ' || n))).* from people p, generate_series(1, $3::int) n
    where p.workspace_id = $1 and p.id = (select person_id from invitations
      where workspace_id = $1 and id = $2)`,
  `insert into identities select (jsonb_populate_record(null::identities, to_jsonb(i)
    || jsonb_build_object('external_id', 'U-' || n, 'person_id', bench_id(n, 1)))).*
    from identities i, generate_series(1, $3::int) n
    where i.workspace_id = $1 and i.person_id = (select person_id from invitations
      where workspace_id = $1 and id = $2)`,
  `insert into chats select (jsonb_populate_record(null::chats, to_jsonb(c) || jsonb_build_object(
    'id', bench_id(n, 2), 'external_id', 'C-' || n, 'customer_id', bench_id(n, 1)))).*
    from chats c, generate_series(1, $3::int) n
    where c.workspace_id = $1 and c.id = (select chat_id from invitations
      where workspace_id = $1 and id = $2)`,
  `insert into invitations select (jsonb_populate_record(null::invitations, to_jsonb(i)
    || jsonb_build_object('id', bench_id(n, 3), 'person_id', bench_id(n, 1),
      'chat_id', bench_id(n, 2), 'reason_key', 'bench:' || n))).*
    from invitations i, generate_series(1, $3::int) n where i.workspace_id = $1 and i.id = $2`,
  `insert into deliveries select (jsonb_populate_record(null::deliveries, to_jsonb(d)
    || jsonb_build_object('id', bench_id(n, 4), 'person_id', bench_id(n, 1),
      'invitation_id', bench_id(n, 3), 'key', 'bench:' || n || ':' || d.key,
      'address', d.address || jsonb_build_object('userId', 'U-' || n)))).*
    from deliveries d, generate_series(1, $3::int) n
    where d.workspace_id = $1 and d.invitation_id = $2`,
];

const idOf = (n: number, kind: number) =>
  `019a0000-000${kind}-7000-8000-${n.toString(16).padStart(12, "0")}`;

export const idFunction = `create or replace function bench_id(n int, kind int) returns uuid immutable
  return ('019a0000-000' || kind || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** A connection that statements can be said to. */
interface Says {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

/** One chat as it happens, until its customer is asked; then as many copies of it. */
export async function askMany(world: World, client: Says, count: number): Promise<Asked[]> {
  const { engine, workspaceId, clock } = world;
  // Asked now, at whatever hour: what is answered weeks later marks a day that is counted.
  clock.advance(Date.now() - clock.now().getTime() - 20 * MINUTES);
  const asking = { days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "23:59" };
  const by = { actor: "operator", at: clock.now() };
  await engine.db.transaction().execute((trx) => changeSettings(trx, workspaceId, { asking }, by));
  await world.playChat();
  clock.advance(15 * MINUTES);
  await world.settle();
  const { id } = await engine.db
    .selectFrom("invitations")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "asked")
    .executeTakeFirstOrThrow();
  for (const copy of copies) await client.query(copy, [world.workspaceId, id, count]);
  return Array.from({ length: count }, (_, i) => ({
    world,
    // As the copies are called: nobody is brought up to date by each press.
    from: { ...dana, externalId: `U-${i + 1}`, name: `Person ${i + 1}` },
    invitationId: idOf(i + 1, 3),
  }));
}

export async function press({ world, from, invitationId }: Asked): Promise<void> {
  const { workspaceId, engine } = world;
  const token = engine.tokens.sign({
    ...{ workspaceId, invitationId, verb: "answer", question: "score", value: "9" },
  });
  const reply = await world.presses(from, token);
  if (reply.kind !== "update") throw new Error("a pressed button changed nothing");
}

/** Calls of 16 at once; how many a second. */
async function perSecond<T>(items: readonly T[], call: (item: T) => Promise<unknown>) {
  const left = [...items];
  const began = performance.now();
  const caller = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await call(item);
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return items.length / ((performance.now() - began) / 1000);
}

const bareInsert = `insert into bare_way_in (workspace_id, invitation_id, question, survey_id,
    survey_version, metric, score, scale_min, scale_max, person_id, platform, channel, team,
    touchpoint, language, asked_at, answered_at, promise, tags, revision)
  values ($1, $2, 'score', $2, 1, 'nps', $3, 0, 10, $2, 'slack', '#help', 'Billing',
    'support chat', 'en', now(), now(), 'named', '{}', 1)`;

/** Counts statements by their results, those of the job queue too. */
export function counter(): KyselyPlugin & { statements: number } {
  return {
    statements: 0,
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      this.statements += 1;
      return result;
    },
  };
}

/** Measures it on the stage's database, in workspaces of its own. */
export async function measureInbox(stage: Stage, options: BenchOptions): Promise<Section> {
  options.progress("the whole inbox path …");
  const log = createLog("error");
  const limits = { connection: 20_000 };
  const database = await openPostgres({ databaseUrl: stage.url, log, poolSize: CALLERS, limits });
  const pool = new pg.Pool({ connectionString: stage.url, max: CALLERS });
  const jobs = createJobs({ database: database.jobsDatabase, kind: "postgres", log });
  await jobs.start();
  try {
    const counting = counter();
    const events = Math.min(EVENTS, Math.ceil(stage.answers / 100));
    const workspaces = Math.min(WORKSPACES, Math.ceil(events / 5));
    const db = database.db.withPlugin(counting);
    const shared = { ...database, db, jobs: async () => jobs, databaseUrl: stage.url };
    await stage.client.query(idFunction);
    await stage.client.query("create table bare_way_in (like answers)");
    const asked: Asked[][] = [];
    for (let i = 0; i < workspaces; i += 1) {
      const world = await createWorld({ ...shared, workspaceId: 0 });
      const own = i === 0 ? events * ROUNDS : 0;
      const each = Math.ceil((events * ROUNDS) / workspaces);
      asked.push(await askMany(world, stage.client, own + each));
    }
    await stage.client.query("analyze");
    const spread = Array.from({ length: events * ROUNDS }, (_, i) => asked[i % workspaces]?.pop());
    const [hot = []] = asked;
    const rates = { bare: [] as number[], hot: [] as number[], spread: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const rows = Array.from({ length: events * 5 }, (_, n) => n);
      const bare = (n: number) =>
        pool.query({ name: "bare", text: bareInsert, values: [1, idOf(n, 5), n % 11] });
      rates.bare.push(await perSecond(rows, bare));
      const some = spread.splice(0, events).filter((each) => each !== undefined);
      rates.spread.push(await perSecond(some, press));
      counting.statements = 0;
      rates.hot.push(await perSecond(hot.splice(0, events), press));
    }
    return inboxSection(rates, { workspaces, statements: counting.statements / events });
  } finally {
    await jobs.stop();
    await pool.end();
    await database.close();
  }
}

function inboxSection(
  rates: Readonly<Record<"bare" | "hot" | "spread", readonly number[]>>,
  { workspaces, statements }: { readonly workspaces: number; readonly statements: number },
): Section {
  const bare = quantile(rates.bare, 0.5);
  const row = (name: string, own: readonly number[]) => {
    const rate = quantile(own, 0.5);
    return [name, whole(rate), (rate / bare).toFixed(2), times(bare / rate)];
  };
  return {
    title: `The whole way in: a pressed button, ${CALLERS} callers of one process`,
    header: ["", "a second", "of bare", "as long"],
    rows: [
      row("bare insert through pg, named statement", rates.bare),
      row(`inbox, ${workspaces} workspaces`, rates.spread),
      row("inbox, one hot workspace", rates.hot),
    ],
    notes: [
      `${statements.toFixed(1)} statements for each pressed button, between begin and commit`,
      "the middle of three rounds, in turns",
    ],
  };
}
