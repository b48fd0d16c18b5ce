import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../../../../src/log.ts";
import type { Message, Reply } from "../../../../src/platform.ts";
import type { ChannelFace, Person } from "../../../support/slack/index.ts";
import { button, commentForm, message, openStage, type Stage, soon } from "../listen/setup.ts";

let stage: Stage;
let help: ChannelFace;
let dana: Person;
let kim: Person;
beforeEach(async () => {
  stage = await openStage();
  help = stage.acme.channel("help");
  [dana, kim] = [stage.acme.person("Dana"), stage.acme.person("Kim")];
});
afterEach(() => stage.end());

const CANARY = "canary-7f3a";
const ownData = (locale = "en"): Message => ({
  ...message("You answered 118 times."),
  locale,
  parts: [
    { kind: "text", text: "You answered 118 times." },
    {
      kind: "file",
      file: {
        ...{ name: "my-data.json", title: "All of it", mediaType: "application/json" },
        bytes: new TextEncoder().encode(`{"words":"${CANARY}"}`),
      },
    },
  ],
});
const question = message("How was it?", button("My data", "data"));
const start = async (answer: Message = ownData(), kind: "message" | "update" = "message") => {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  const running = await stage.start("HTTP", { log });
  running.inbox.reply = (): Reply => ({ kind, message: answer });
  return { ...running, lines };
};
const filesOf = (who: Person) => who.opensFiles().map(({ name, title }) => `${name}: ${title}`);
const words = (place: ChannelFace | "dm") => dana.sees(place).map((seen) => seen.words);
const uploads = () => stage.slack.calls("files.completeUploadExternal").length;

describe("where the file goes", () => {
  test("T1 pressed in a channel: into the direct message, and the answer that only they see says so", async () => {
    await start();
    await dana.presses(await stage.shows(help, question), "My data");
    await soon(() => words(help).at(-1)).toContain("“All of it” is in your direct messages");
    expect(dana.sees(help).at(-1)).toMatchObject({ ephemeral: true });
    expect(words(help).at(-1)).toContain("You answered 118 times.");
    expect(filesOf(dana)).toEqual(["my-data.json: All of it"]);
    expect(dana.opensFiles()[0]?.bytes.toString()).toContain(CANARY);
    expect(filesOf(kim)).toEqual([]);
    expect(stage.slack.problems).toEqual([]);
  });

  test("in the direct message it stands beside the answer", async () => {
    await start();
    await dana.writes("my data");
    await soon(() => words("dm").at(-1)).toContain("“All of it” is here");
    expect(filesOf(dana)).toHaveLength(1);
    expect(stage.slack.problems).toEqual([]);
  });

  test("typed as a command: one moment first, because Slack waits for three seconds only", async () => {
    await start();
    const answer = await dana.types(help, "/feedback", "my data");
    expect(answer).toMatchObject({ outcome: "acknowledged" });
    expect(JSON.stringify(answer)).not.toContain("118");
    await soon(() => words(help).at(-1)).toContain("“All of it” is in your direct messages");
    expect(filesOf(kim)).toEqual([]);
  });

  test("on the own page, and as the answer to a form", async () => {
    const { inbox } = await start(ownData(), "update");
    await dana.opensHome();
    await soon(() => dana.home()?.words).toContain("“All of it” is in your direct messages");
    inbox.reply = () => ({ kind: "form", form: commentForm });
    await dana.presses(
      await stage.shows(dana, message("Why?", button("Tell", "t", "form"))),
      "Tell",
    );
    await soon(() => dana.modal()?.title).toBe("Tell us more");
    inbox.reply = () => ({ kind: "message", message: ownData() });
    await dana.submits({ "What happened?": "slow" });
    await soon(() => dana.modal()?.words).toContain("“All of it” is in your direct messages");
    expect(stage.slack.problems).toEqual([]);
  });

  test("one answer that is shown in two places hands its file out once", async () => {
    await start(ownData(), "update");
    const early = message("How was it?", button("My data", "data", "form"));
    await dana.presses(await stage.shows(dana, early), "My data");
    await soon(() => dana.modal()?.words).toContain("118");
    await soon(() => words("dm").some((said) => said.includes("118"))).toBe(true);
    expect(uploads()).toBe(1);
    expect(filesOf(dana)).toHaveLength(1);
  });

  test.each([
    ["ru", "«All of it» — в личных сообщениях со мной"],
    ["zh-Hans", "“All of it”已发到您与我的私信里"],
    ["zh-Hant", "「All of it」已傳到您與我的私訊裡"],
  ])("it is said in the language of the answer: %s", async (locale, says) => {
    await start(ownData(locale));
    await dana.presses(await stage.shows(help, question), "My data");
    await soon(() => words(help).at(-1)).toContain(says);
  });
});

describe("when it cannot be sent", () => {
  const failed = "could not be sent to you in Slack. Please ask the support team";

  test("the app may not upload: the words stand alone, and the operator hears of the scope", async () => {
    const { lines } = await start();
    stage.acme.grant(["chat:write", "channels:read", "users:read", "im:write"]);
    await dana.presses(await stage.shows(help, question), "My data");
    await soon(() => words(help).at(-1)).toContain(failed);
    expect(words(help).at(-1)).toContain("You answered 118 times.");
    expect(lines.join("\n")).toContain("files:write");
  });

  test("nobody can write to them directly", async () => {
    await start();
    dana.changes({ dm: "blocked" });
    await dana.presses(await stage.shows(help, question), "My data");
    await soon(() => words(help).at(-1)).toContain(failed);
    expect(filesOf(dana)).toEqual([]);
  });

  test.each(["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])(
    "P7 %s fails: the words stand, and neither name nor content is in a log",
    async (method) => {
      const { lines } = await start();
      stage.slack.fail(method, { kind: "status", status: 500 });
      await dana.presses(await stage.shows(help, question), "My data");
      await soon(() => words(help).at(-1)).toContain(failed);
      const logged = lines.join("\n");
      expect(logged).toContain("a file could not be sent");
      for (const secret of [CANARY, "118 times", "All of it", dana.id])
        expect(logged).not.toContain(secret);
    },
  );
});
