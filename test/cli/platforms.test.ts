import { describe, expect, test } from "vitest";
import { invitation, permissions } from "../../adapters/discord/invite.ts";
import type { PlatformTools } from "../../src/cli/platform-tools.ts";
import { AppError } from "../../src/errors.ts";
import type { Finding } from "../../src/platform.ts";
import { startDiscord } from "../support/discord/index.ts";
import { manifestProblems } from "../support/slack/manifest-rules.ts";
import { createFolder, createStarter, onlyJson, run } from "./support.ts";

const start = createStarter();
const folder = createFolder();
/** No database: that it is away is told at once, and it is not what these tests are about. */
const settings = {
  AFTERTALK_DATA_DIR: `${folder}/none`,
  DATABASE_URL: "postgres://me@127.0.0.1:1/none",
};

/** A platform with one command that greets, and these checks. */
function tools(...findings: readonly (Finding | Error)[]): PlatformTools[] {
  return [
    {
      name: "pigeon",
      description: "set up pigeons",
      commands: [
        {
          name: "greet",
          description: "say hello",
          options: [
            { flags: "--loft <name>", description: "where it lives" },
            { flags: "--by-name", description: "with the name of the company" },
          ],
          help: "Examples:\n  aftertalk pigeon greet",
          async run({ loft = "nowhere", byName, ...rest }, config) {
            if (byName === "on") return { result: {}, text: `hello from ${config().company}` };
            if (loft === "moon") return { problem: "There is no loft on the moon." };
            return { result: { loft, ...rest }, text: `hello ${loft}`, note: "feed it" };
          },
        },
      ],
      async *checks() {
        for (const finding of findings) {
          if (finding instanceof Error) throw finding;
          yield finding;
        }
      },
    },
  ];
}

describe("a platform's commands", () => {
  test("stand under its name, with their own help", async () => {
    expect((await run(["--help"], {}, "", tools())).stdout).toMatch(
      /^ {2}pigeon .*set up pigeons/m,
    );
    const { stdout } = await run(["pigeon", "greet", "--help"], {}, "", tools());
    expect(stdout).toContain("--loft <name>");
    expect(stdout).toContain("--json");
    expect(stdout).toContain("aftertalk pigeon greet");
  });

  test("print their result for people or as JSON, and what to do with it beside", async () => {
    const args = ["pigeon", "greet", "--loft", "roof"];
    expect(await run(args, {}, "", tools())).toEqual({
      code: 0,
      stdout: "hello roof\n",
      stderr: "feed it\n",
    });
    expect(onlyJson(await run([...args, "--json"], {}, "", tools()))).toEqual({ loft: "roof" });
  });

  test("read the settings only when they need them", async () => {
    const wrong = { PORT: "x" };
    expect(await run(["pigeon", "greet"], wrong, "", tools())).toMatchObject({ code: 0 });
    const named = ["pigeon", "greet", "--by-name"];
    const right = await run(named, { AFTERTALK_COMPANY: "Blue Harbour" }, "", tools());
    expect(right.stdout).toBe("hello from Blue Harbour\n");
    const failed = await run(named, wrong, "", tools());
    expect(failed).toMatchObject({ code: 2, stdout: "" });
    expect(failed.stderr).toContain("PORT");
  });

  test("refuse wrong usage like every other", async () => {
    const wrong = await run(["pigeon", "greet", "--loft", "moon"], {}, "", tools());
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("There is no loft on the moon.");
    const misspelt = await run(["pigeon", "gret"], {}, "", tools());
    expect(misspelt.code).toBe(2);
    expect(misspelt.stderr).toContain("Did you mean greet?");
  });
});

describe("doctor", () => {
  const fine: Finding = { check: "pigeon", ok: true, says: "it flies" };
  const ill: Finding = { check: "pigeon", ok: false, says: "it limps", mend: "Call a vet." };

  test("tells what each platform found, and how to mend it", async () => {
    const { code, stdout } = await run(["doctor"], settings, "", tools(fine, ill));
    expect(stdout).toContain("ok       pigeon: it flies");
    expect(stdout).toContain("problem  pigeon: it limps\n         What to do: Call a vet.");
    expect(code).toBe(1);
  });

  test("goes on when a check of a platform fails, in its words when it is ours", async () => {
    const known = new AppError("temporary", "It is asleep.", { advice: "Wake it." });
    for (const [error, says, mend] of [
      [known, "It is asleep.", "Wake it."],
      [new TypeError("secret"), "it failed", expect.stringContaining("AFTERTALK_LOG_LEVEL=debug")],
    ] as const) {
      const result = await run(["doctor", "--json"], settings, "", tools(fine, error));
      expect(onlyJson(result)).toMatchObject({
        ok: false,
        checks: expect.arrayContaining([fine, { check: "pigeon", ok: false, says, mend }]),
      });
      expect(result.stderr).not.toContain("secret");
    }
  });

  test("asks no platform while the settings are wrong", async () => {
    const { stdout } = await run(["doctor"], { ...settings, PORT: "x" }, "", tools(fine));
    expect(stdout).toContain("problem  settings");
    expect(stdout).not.toContain("pigeon");
  });
});

describe("aftertalk slack manifest", () => {
  test("prints a manifest that Slack takes, to be read and to be piped", async () => {
    const plain = await start(["slack", "manifest"]).finished;
    expect(plain.code).toBe(0);
    expect(manifestProblems(JSON.parse(plain.stdout))).toEqual([]);
    expect(plain.stdout.split("\n").length).toBeGreaterThan(20);
    expect(plain.stderr).toContain("https://api.slack.com/apps");
    const json = await start(["slack", "manifest", "--json"]).finished;
    expect(onlyJson(json)).toEqual(JSON.parse(plain.stdout));
  });

  test("takes the address for HTTP, and refuses one that Slack would refuse", async () => {
    const http = await start(["slack", "manifest", "--http", "https://talk.example.com"]).finished;
    expect(manifestProblems(JSON.parse(http.stdout))).toEqual([]);
    expect(http.stdout).toContain("https://talk.example.com/slack/events");
    const wrong = await start(["slack", "manifest", "--http", "talk.example.com"]).finished;
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("The address must begin with https://");
  });
});

describe("aftertalk discord invite", () => {
  const application = "197038439483310086";

  test("prints nothing but the link, and beside it what it asks for and why", async () => {
    const args = ["discord", "invite", "--application", application];
    const plain = await start(args).finished;
    expect(plain.code).toBe(0);
    expect(plain.stdout).toMatch(/^https:\/\/discord\.com\/oauth2\/authorize\?\S+\n$/);
    expect(plain.stdout).toContain(application);
    for (const { name, to } of Object.values(permissions)) {
      expect(plain.stderr).toContain(`  ${name}: to ${to}\n`);
    }
    expect(plain.stderr).toContain("docs/discord.md");
    expect(plain.stderr).not.toContain("Manage Threads");
    const json = await start([...args, "--private-threads", "--json"]).finished;
    expect(onlyJson(json)).toEqual(
      invitation({ applicationId: application, privateThreads: true }),
    );
  });

  test("and the doctor ask Discord with the token of the settings", async () => {
    const discord = await startDiscord();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: `${discord.apiUrl}/` };
    const { code, stdout } = await start(["discord", "invite"], env).finished;
    const doctor = await start(["doctor", "--json"], { ...settings, ...env }).finished;
    await discord.stop();
    expect(onlyJson(doctor)).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({ check: "Discord bot token", ok: true }),
        expect.objectContaining({ check: "Discord servers", ok: false }),
      ]),
    });
    expect(code).toBe(0);
    expect(stdout).toContain(`client_id=${discord.applicationId}&`);
    expect(discord.problems).toEqual([]);
  });

  test("says what is missing, and what is wrong", async () => {
    const none = await start(["discord", "invite"]).finished;
    expect(none).toMatchObject({ code: 2, stdout: "" });
    expect(none.stderr).toContain("There is no DISCORD_TOKEN to ask Discord with.");
    expect(none.stderr).toContain("--application ID");
    const wrong = await start(["discord", "invite", "--application", "aftertalk"]).finished;
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain("The application's id has 17 to 20 digits");
  });
});
