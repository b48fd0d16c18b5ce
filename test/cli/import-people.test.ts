import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { createOpener } from "../support/database.ts";
import { createFolder, onlyJson, run as runCommand } from "./support.ts";

describe("import people", () => {
  const folder = createFolder();
  const open = createOpener("postgres");
  const settings = { AFTERTALK_DATA_DIR: join(folder, "data"), DATABASE_URL: "" };
  beforeAll(async () => {
    const database = await open();
    settings.DATABASE_URL = database.databaseUrl ?? "";
    await database.db.deleteFrom("workspaces").execute();
    mkdirSync(settings.AFTERTALK_DATA_DIR, { mode: 0o700 });
  });
  const run = (args: string[], input?: string) => runCommand(args, settings, input);
  const file = (called: string, content: string) => {
    const path = join(folder, called);
    writeFileSync(path, content);
    return path;
  };

  test("people come in by a word of their own, as often as one likes", async () => {
    const path = file(
      "crm.csv",
      "person,name,email,account\n1,Ada,ada@acme.example,17\n2,Bea,,17\n",
    );
    const first = await run(["import", "people", path]);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toMatch(/^Imported 2 people \(.* rows\/s\)\.$/m);
    const again = await run(["import", "people", "-", "--json"], "person,name\n1,Ada\n3,Cem\n");
    expect(onlyJson(again)).toMatchObject({ rows: 2, imported: 1, already: 1, forgotten: 0 });
  });

  test("a file called people is named by its folder, and answers come in as before", async () => {
    const path = file("people", "metric,score,answered_at\nnps,9,2026-10-01T10:00:00Z\n");
    expect((await run(["import", path])).stdout).toContain("Imported 1 answer");
  });

  test("bad rows are set aside, and a wrong header says which columns there are", async () => {
    const aside = join(folder, "aside.csv");
    const path = file("bad.csv", "person,email\n7,nonsense\n8,h@acme.example\n");
    const refused = await run(["import", "people", path]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("Line 2: email must be one address");
    expect(existsSync(aside)).toBe(false);
    const set = await run(["import", "people", path, "--skip-bad", aside]);
    expect(set.stdout).toContain("Imported 1 person");
    expect(existsSync(aside)).toBe(true);
    const header = await run(["import", "people", "-"], "persn\n1\n");
    expect(header.stderr).toContain('the column "persn" is unknown; did you mean person?');
  });
});
