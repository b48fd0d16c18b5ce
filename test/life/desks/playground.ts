/** The desk in the playground: a language is that of the page. */
import { pino } from "pino";
import { createPlayground } from "../../../adapters/playground/index.ts";
import type { Language } from "../../../src/locales/index.ts";
import { describeError } from "../../../src/log.ts";
import { connection, playgroundOptions, temporaryFolder } from "../../adapters/playground/stage.ts";
import { createTestClock } from "../../support/clock.ts";
import { someone } from "../towns/playground.ts";
import { type Asker, answerTo, type Desk, lineOf } from "./desk.ts";

/** With what is behind it, for whoever looks at it as a page. */
export interface PlaygroundDesk extends Desk {
  /** Somebody of the page by their id, who reads a language. */
  as(id: string, language: Language): Asker;
}

export async function openPlaygroundDesk(): Promise<PlaygroundDesk> {
  const folder = await temporaryFolder();
  const clock = createTestClock();
  const logged: string[] = [];
  const platform = createPlayground({
    ...playgroundOptions(folder.path),
    log: pino(
      { level: "trace", serializers: { error: describeError } },
      { write: (line: string) => void logged.push(line) },
    ),
    now: () => clock.now().getTime(),
  });
  const face = (id: string, name: string, language = "en"): Asker => {
    const self = someone(platform, id, name, language);
    let turn = 0;
    return {
      ...self,
      asks(asked) {
        turn += 1;
        const line = lineOf(asked, turn);
        return answerTo(
          self,
          () => self.types(`/${asked.command}`, line),
          () => false,
        );
      },
    };
  };
  return {
    ...{ platform, connection, clock },
    as: (id, language) => face(id, id, language),
    leads: {
      en: face("robin", "Robin"),
      "zh-Hans": face("noor", "Noor", "zh-Hans"),
      "zh-Hant": face("robin", "Robin", "zh-Hant"),
      ru: face("noor", "Noor", "ru"),
    },
    admin: face("ada", "Ada"),
    agent: face("kim", "Kim"),
    teamLead: undefined,
    customer: face("dana", "Dana"),
    leading: undefined,
    whispersPictures: true,
    async settled() {},
    problems: () => [],
    logged: () => logged,
    async stop() {
      await platform.stop();
      await folder.remove();
    },
  };
}
