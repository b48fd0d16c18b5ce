/**
 * Figures at any size, beside what others do: `npm run bench`. A PostgreSQL of its own in a temporary
 * folder, removed at the end; nothing else is written. What is being done goes to stderr, the tables to
 * stdout. Everything in one table was measured in turns, so its ratios hold where its milliseconds
 * move with the machine. 10 million answers need about 30 GB of disk, and more than half an hour.
 *
 *   BENCH_ANSWERS=1e6,1e7      sizes, one database after another
 *   BENCH_WORKSPACES=50        how many share them
 *   BENCH_PARTS=...            of summaries,peers,taking,pg,command,inbox,reads,commands; all without it
 *   BENCH_ROUNDS=200           most repetitions of what is read
 *   BENCH_LIMIT_SECONDS=10     for all repetitions of one thing: what is slow is done less often
 *   BENCH_WRITE_SECONDS=4      for each way of taking answers in, three times
 */
import pg from "pg";
import { runBench } from "./bench.ts";
import { readOptions } from "./options.ts";
import { render } from "./report.ts";
import { describeMachine, startServer } from "./server.ts";

const began = performance.now();
const options = readOptions(process.env, (line) => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${line}\n`);
});
const print = (text: string) => process.stdout.write(`${text}\n`);

const server = await startServer();
try {
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  print([...(await describeMachine(client)), ""].join("\n"));
  await client.end();
  const { wrong } = await runBench(server.url, options, (section) => print(render(section)));
  for (const line of wrong) print(`WRONG  ${line}`);
  if (wrong.length === 0) print("All designs came to the same figures.");
  else process.exitCode = 1;
} finally {
  await server.stop();
}
