/** Everything that admins see, story by story: each language in a workspace of its own. */
import { appendFile } from "node:fs/promises";
import { type Language, textsFor } from "../../../src/locales/index.ts";
import type { CoreDatabase } from "../../life/core.ts";
import { historyOfDesks, openOffice } from "../../life/desks/office.ts";
import type { Booth, Viewer } from "./booths/booth.ts";
import { makeReachable } from "./furnish.ts";
import { going, rights, states, stop, trouble } from "./stories/running.ts";
import { parts, past, sentences } from "./stories/schedules.ts";
import { refusals, setup } from "./stories/setup.ts";
import type { Scenery, Story } from "./stories/story.ts";
import { edit, list, make, save } from "./stories/surveys.ts";
import { approval, conflict } from "./stories/together.ts";
import { createWalk } from "./walk.ts";

const stories: Readonly<Record<string, Story>> = {
  ...{ refusals, setup, list, make, edit, save, sentences, parts, past, going, states, rights },
  ...{ conflict, approval, stop, trouble },
};

export interface Looking {
  readonly database: CoreDatabase;
  readonly booth: Booth;
  readonly language: Language;
  /** What every picture's path begins with. */
  readonly path: string;
  /** Names of stories; all of them without it. */
  readonly only: readonly string[] | undefined;
  /** A picture was taken. */
  noted(path: string): void;
}

/** Takes the pictures; gives what went wrong, story by story. */
export async function lookAtAdmins(looking: Looking): Promise<string[]> {
  const { database, booth, language, path, only } = looking;
  const { desk } = booth;
  const history = historyOfDesks();
  const office = await openOffice(database, desk, history);
  await makeReachable({ database, desk, history });
  const walkOf = (viewer: Viewer, reads: Language) =>
    createWalk({
      ...{ viewer, texts: textsFor(reads), settle: office.settle },
      pathOf: (name) => `${path}-${name}`,
      async taken(picture, words) {
        looking.noted(picture);
        await appendFile(`${path}-words.txt`, `=== ${picture}\n${words}\n`);
      },
    });
  const [first, seconds] = [booth.admin(language), booth.second(language)];
  const reads = desk.connection.platform === "playground" ? language : other(language);
  const scenery: Scenery = {
    ...{ database, desk, history, language, office },
    admin: walkOf(first, language),
    second: walkOf(seconds, reads),
    lead: walkOf(booth.lead(language), language),
    names: {
      ...{ admin: first.name, second: seconds.name },
      customer: history.customers[0]?.name ?? "",
    },
  };
  const wrong: string[] = [];
  for (const [name, story] of Object.entries(stories)) {
    if (only !== undefined && !only.includes(name)) continue;
    try {
      await story(scenery);
    } catch (error) {
      wrong.push(`${path}-${name}: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  const lines = [...desk.logged(), ...office.core.logged];
  return [...wrong, ...lines.filter((line) => /"level":(?:40|50|60)/u.test(line))];
}

function other(language: Language): Language {
  return language === "en" ? "zh-Hans" : "en";
}
