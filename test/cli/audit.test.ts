import { beforeAll, describe, expect, test } from "vitest";
import { audit } from "../../src/store/audit.ts";
import { createOpener, type TestDatabase } from "../support/database.ts";
import { run as runCommand } from "./support.ts";

const openServer = createOpener("postgres");

describe("the audit log, on the command line", () => {
  let database: TestDatabase;
  const run = (...args: string[]) => runCommand(args, { DATABASE_URL: database.databaseUrl ?? "" });

  beforeAll(async () => {
    database = await openServer();
    const { db, workspaceId } = database;
    const target = "=HYPERLINK(1)";
    const line = { actor: "operator", action: "survey", target };
    await audit(db, workspaceId, new Date("2026-10-01T09:00:00Z"), line);
  });

  test("what the command line changes and takes out is in it, with before and after, also as JSON", async () => {
    expect(await run("workspace", "set", "asking.from=10:00", "hours.to=18:00")).toMatchObject({
      code: 0,
    });
    expect(await run("export", "answers", "--names")).toMatchObject({ code: 0 });
    const { stdout } = await run("audit", "--format", "jsonl");
    const lines = stdout.trim().split("\n");
    const actions = lines.map((line) => JSON.parse(line).action);
    expect(actions).toEqual(["survey", "settings", "export.answers", "export.audit"]);
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({ details: '{"names":true}' });
    expect(JSON.parse(lines[1] ?? "")).toMatchObject({
      ...{ actor: "operator", action: "settings", origin: "command-line" },
      before: '{"hours.to":"17:00","asking.from":"09:00"}',
      after: '{"hours.to":"18:00","asking.from":"10:00"}',
    });
  });

  test("N7 cells that a spreadsheet would run are text; only the days that were named are in it", async () => {
    const { stdout } = await run("audit", "--from", "2026-10-01", "--to", "2026-10-01");
    const [head = "", row = "", ...rest] = stdout.trim().split("\r\n");
    expect(head).toBe("at,actor,action,target,origin,before,after,details");
    expect(row).toContain("2026-10-01T09:00:00.000Z,operator,survey,'=HYPERLINK(1)");
    expect(rest).toEqual([]);
  });
});
