/** The desk on Slack, drawn from what the emulator shows. */

import { languages } from "../../../../src/locales/index.ts";
import { say } from "../../../../src/wiring/settings.ts";
import type { Asker } from "../../../life/desks/desk.ts";
import { openSlackDesk, type SlackDesk } from "../../../life/desks/slack.ts";
import type { Where } from "../../../life/town.ts";
import { until } from "../../until.ts";
import { pngUrl } from "../html.ts";
import type { Pages } from "../pages.ts";
import { type Filled, slackMessage, slackStyle, slackView } from "../slack.ts";
import type { Booth, Viewer } from "./booth.ts";

const moments = new Set(languages.map((each) => say(each, "slack.moment")));

export async function openSlackBooth(pages: Pages): Promise<Booth> {
  const desk = await openSlackDesk();
  const viewer = (who: Asker) => viewerOf(desk, pages, who);
  return {
    ...{ desk, viewer },
    admin: (language) => viewer(desk.leads[language]),
    second: (language) => viewer(desk.leads[language === "en" ? "zh-Hans" : "en"]),
    lead: () => viewer(desk.teamLead ?? desk.agent),
    stop: () => desk.stop(),
  };
}

function viewerOf(desk: SlackDesk, pages: Pages, who: Asker): Viewer {
  const person = desk.personOf(who.id);
  if (person === undefined) throw new Error(`nobody is behind ${who.name}`);
  const pictureAt = (file: string) => pngUrl(desk.slack.file(file));
  const placeOf = (where: Where) => (where === "direct" ? "dm" : desk.channel);
  let filled: Filled = { values: {}, errors: {} };
  const isLoaded = () => {
    const view = person.modal();
    return view !== undefined && !moments.has(view.words.split("\n").at(-1) ?? "");
  };
  return {
    ...who,
    async presses(...pressed) {
      filled = { values: {}, errors: {} };
      await who.presses(...pressed);
    },
    async fills(values) {
      await until(isLoaded, "the form is there");
      const done = await person.submits(values);
      const errors = done.outcome === "not accepted" ? done.errors : {};
      filled = { values: Object.keys(errors).length > 0 ? values : {}, errors };
      await desk.settled();
    },
    async takes(path, where, { id }) {
      const message = person.sees(placeOf(where)).find(({ ts }) => ts === id);
      if (message === undefined) throw new Error("the message is gone");
      await pages.take(path, slackMessage(message, pictureAt), slackStyle);
    },
    hasForm: async () => isLoaded(),
    leavesForm: async () => {
      if (person.modal() !== undefined) await person.closes({ all: true });
    },
    async takesForm(path) {
      const view = person.modal();
      if (view === undefined) throw new Error("no form is open");
      await pages.take(path, slackView(view, filled, pictureAt), slackStyle);
    },
    isPending: ({ words }) => moments.has(words),
  };
}
