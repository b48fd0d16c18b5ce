import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { exitCodeOf, exitCodes, Interrupted } from "../../src/cli/exit-codes.ts";
import { AppError } from "../../src/errors.ts";
import { createFolder, createStarter, onlyJson, run } from "./support.ts";

const start = createStarter();
const folder = createFolder();

test("help names every command, examples and exit codes", async () => {
  const { code, stdout, stderr } = await run(["--help"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  const words = ["start", "doctor", "migrate", "seed", "import", "summary", "reply"];
  words.push("person", "backup", "restore", "workspace", "secret");
  for (const word of words) {
    expect(stdout).toMatch(new RegExp(`^  ${word} `, "m"));
  }
  const page = readFileSync(resolve(import.meta.dirname, "../../docs/command-line.md"), "utf8");
  const named = [...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(20);
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const isToldOf = (name: string) => rows.some((row) => new RegExp(`\`${name}[ \`]`).test(row));
  expect(named.filter((name) => !isToldOf(name))).toEqual([]);
  expect(stdout).toContain("aftertalk summary nps last week");
  expect(stdout).toContain(" 75  the embedded database stopped answering");
});

test("help of a command has its examples", async () => {
  const { code, stdout } = await run(["import", "--help"]);
  expect(code).toBe(0);
  expect(stdout).toContain("--skip-bad <file>");
  expect(stdout).toContain("metric,score,answered_at");
});

test.each([
  [["sed"], "Did you mean seed?"],
  [["seed", "--week", "3"], "Did you mean --weeks?"],
  [["seed", "--weeks", "0"], "a whole number from 1 to 104"],
  [["seed", "--weeks", "many"], "a whole number from 1 to 104"],
  [["migrate", "stats"], "too many arguments"],
  [["summary", "npss"], "Did you mean nps?"],
  [["summary"], "missing required argument 'metric'"],
  [["reply", "nps"], "reply needs METRIC and TEXT"],
  [["reply", "npss", "9"], "Did you mean nps?"],
  [["import"], "missing required argument 'file'"],
])("%j is wrong usage and is told so", async (args, hint) => {
  const { code, stdout, stderr } = await run(args);
  expect(stderr).toContain(hint);
  expect(stderr).toContain("--help");
  expect(stdout).toBe("");
  expect(code).toBe(2);
});

test("nothing typed shows what can be typed", async () => {
  const { code, stdout, stderr } = await run([]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain("Usage: aftertalk");
});

test("wrong usage with --json is JSON too", async () => {
  const result = await run(["summary", "npss", "--json"]);
  expect(result.code).toBe(2);
  expect(onlyJson(result)).toMatchObject({ error: { code: "usage" } });
});

test("wrong settings end a command before anything is done, with all problems at once", async () => {
  const settings = { PORT: "http", AFTERTALK_SECRT: "x", AFTERTALK_DATA_DIR: `${folder}/none` };
  for (const args of [["start"], ["migrate"], ["summary", "nps"]]) {
    const { code, stdout, stderr } = await run(args, settings);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("2 settings are not usable");
    expect(stderr).toContain("did you mean AFTERTALK_SECRET?");
    expect(stderr).toContain("What to do:");
    expect(stderr).not.toMatch(/^\s+at /m);
  }
  const result = await run(["summary", "nps", "--json"], settings);
  expect(onlyJson(result)).toMatchObject({ error: { code: "bad-setting" } });
});

test("a database that cannot be reached is told with what to do, without the password", async () => {
  const settings = { DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/none" };
  const { code, stderr } = await run(["summary", "nps"], settings);
  expect(code).toBe(4);
  expect(stderr).toContain("127.0.0.1:1");
  expect(stderr).toContain("What to do:");
  expect(stderr).not.toContain("hunter2");
});

test("a reply is explained in a sentence, and as JSON", async () => {
  const said = await run(["reply", "nps", "7 – slow reply"]);
  expect(said).toEqual({
    code: 0,
    stdout: 'A score: 7, with the comment "slow reply".\n',
    stderr: "",
  });
  const json = await run(["reply", "nps", "девять", "--language", "ru", "--json"]);
  expect(onlyJson(json)).toEqual({ kind: "score", score: 9 });
});

test("replies are read line by line; a bad line is told and the others go on", async () => {
  const lines = [
    '{"metric":"nps","language":"en","text":"9"}',
    "not json",
    "",
    '{"metric":"resolution","text":"partly"}',
    '{"metric":"speed","text":"9"}',
    '{"metric":"nps","language":"zh-Hans","text":"九分"}',
  ];
  const { code, stdout, stderr } = await run(["reply", "--lines"], {}, lines.join("\n"));
  const results = stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(results).toMatchObject([
    { kind: "score", score: 9 },
    { error: { code: "bad-input", message: expect.stringContaining("Line 2") } },
    { kind: "score", score: "partly" },
    { error: { code: "bad-input", message: expect.stringContaining("Line 5") } },
    { kind: "score", score: 9 },
  ]);
  expect(code).toBe(1);
  expect(stderr).toBe("2 of 6 lines could not be used.\n");
});

test("a process says the same: the result, the messages and the exit code are its own", async () => {
  expect(await start(["reply", "nps", "9", "--json"]).finished).toEqual({
    code: 0,
    stdout: '{"kind":"score","score":9}\n',
    stderr: "",
  });
  const wrong = await start(["summary", "nps"], { PORT: "x" }).finished;
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(wrong.stderr).toContain('PORT\n    given:   "x"');
});

test("results come while the lines still come, and an early end of the reader is no failure", async () => {
  const running = start(["reply", "--lines"]);
  running.process.stdin.write('{"metric":"nps","text":"9"}\n');
  expect(await running.printed(/\n/)).toContain('"score":9');
  running.process.stdout.destroy();
  const more = '{"metric":"nps","text":"8"}\n'.repeat(20_000);
  running.process.stdin.end(more);
  expect(await running.finished).toMatchObject({ code: 0, stderr: "" });
});

test("an error that nobody expected is one plain line, and where the details are", async () => {
  const { code, stdout, stderr } = await run(["start"], { AFTERTALK_DATA_DIR: folder });
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toBe(
    "Something went wrong that aftertalk did not expect (Error).\n" +
      "What to do: Run it again with AFTERTALK_LOG_LEVEL=debug to see the details.\n",
  );
});

test("an error of ours has its exit code, any other is a failure", () => {
  expect(exitCodeOf(new AppError("data-in-use", "x"))).toBe(3);
  expect(exitCodeOf(new AppError("data-stuck", "x"))).toBe(75);
  expect(exitCodeOf(new AppError("schema-newer", "x"))).toBe(4);
  expect(exitCodeOf(new AppError("bad-input", "x"))).toBe(1);
  expect(exitCodeOf(new Interrupted())).toBe(130);
  expect(exitCodeOf(new TypeError("x"))).toBe(1);
});

test("docs/command-line.md has the same exit codes", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../docs/command-line.md"), "utf8");
  const listed = [...page.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, meaning]) => ({
    code: Number(code),
    meaning,
  }));
  expect(listed).toEqual(Object.values(exitCodes));
});
