/** Kysely as the service uses it beside pg by itself, with the same statements. */
import { sql } from "kysely";
import pg from "pg";
import { createLog } from "../../src/log.ts";
import { madeOnce } from "../../src/store/made-once.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Db } from "../../src/store/schema.ts";
import type { BenchOptions } from "./options.ts";
import { type Section, whole } from "./report.ts";
import type { Stage } from "./stage.ts";
import { quantile } from "./timing.ts";

const CALLERS = 16;
const ROUNDS = 3;

const columns = ["workspace_id", "name", "time_zone", "locale"] as const;
const insert = `insert into "bench_rows" (${columns.map((name) => `"${name}"`).join(", ")})
  values ($1, $2, $3, $4)`;
const values = (n: number) => [n % 50, `name ${n}`, "Europe/Paris", "en"] as const;
const read = `select "id", "name", "settings" from "workspaces" where "id" = $1`;

const insertOnce = madeOnce<number, unknown>(
  (place) => sql`insert into "bench_rows" ("workspace_id", "name", "time_zone", "locale")
    values (${sql.join(columns.map((_, i) => place((n) => values(n)[i])))})`,
);
const readOnce = madeOnce<number, unknown>(
  (place) => sql`select "id", "name", "settings" from "workspaces"
    where "id" = ${place((n) => 1 + (n % 50))}`,
);

type Call = (n: number) => Promise<unknown>;

async function perSecond(call: Call, seconds: number): Promise<number> {
  const began = performance.now();
  const until = began + seconds * 1000;
  let done = 0;
  const caller = async () => {
    while (performance.now() < until) {
      done += 1;
      await call(done);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return done / ((performance.now() - began) / 1000);
}

function calls(pool: pg.Pool, db: Db): ReadonlyMap<string, readonly [insert: Call, read: Call]> {
  return new Map([
    [
      "pg, named statements",
      [
        (n) => pool.query({ name: "i", text: insert, values: [...values(n)] }),
        (n) => pool.query({ name: "r", text: read, values: [1 + (n % 50)] }),
      ],
    ],
    [
      "pg, statements without names",
      [(n) => pool.query(insert, [...values(n)]), (n) => pool.query(read, [1 + (n % 50)])],
    ],
    [
      "Kysely, the text made once as for figures",
      [(n) => insertOnce.run(db, n), (n) => readOnce.run(db, n)],
    ],
    [
      "Kysely, the text made each time",
      [
        (n) => {
          const [workspace, name, zone, locale] = values(n);
          return sql`insert into "bench_rows" ("workspace_id", "name", "time_zone", "locale")
            values (${workspace}, ${name}, ${zone}, ${locale})`.execute(db);
        },
        (n) =>
          db
            .selectFrom("workspaces")
            .select(["id", "name", "settings"])
            .where("id", "=", 1 + (n % 50))
            .execute(),
      ],
    ],
  ]);
}

/** An insert and a read by key, each way in turns. */
export async function measurePg(stage: Stage, options: BenchOptions): Promise<Section> {
  options.progress("Kysely beside pg …");
  const limits = { connection: 20_000 };
  const log = createLog("error");
  const database = await openPostgres({
    databaseUrl: stage.url,
    ...{ log, poolSize: CALLERS, limits },
  });
  const pool = new pg.Pool({ connectionString: stage.url, max: CALLERS });
  await stage.client.query(`create table bench_rows (workspace_id int, name text, time_zone text,
    locale text)`);
  const ways = calls(pool, database.db);
  const rates = new Map([...ways.keys()].map((name) => [name, [[], []] as [number[], number[]]]));
  try {
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [name, [write, get]] of ways) {
        rates.get(name)?.[0].push(await perSecond(write, options.writeSeconds / 2));
        rates.get(name)?.[1].push(await perSecond(get, options.writeSeconds / 2));
      }
  } finally {
    await pool.end();
    await database.close();
  }
  const of = (name: string, which: 0 | 1) => quantile(rates.get(name)?.[which] ?? [], 0.5);
  const [first = ""] = ways.keys();
  return {
    title: `Kysely beside pg: statements a second, ${CALLERS} callers of one process`,
    header: ["", "insert", "of pg, named", "read by key", "of pg, named"],
    rows: [...ways.keys()].map((name) => [
      name,
      ...([0, 1] as const).flatMap((which) => [
        whole(of(name, which)),
        (of(name, which) / of(first, which)).toFixed(2),
      ]),
    ]),
    notes: [
      "the same statements, through the pool that the service opens; the middle of three rounds",
    ],
  };
}
