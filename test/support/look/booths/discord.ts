/** The desk on Discord, drawn from what the emulator shows. */
import type { Asker } from "../../../life/desks/desk.ts";
import { type DiscordDesk, openDiscordDesk } from "../../../life/desks/discord.ts";
import type { Where } from "../../../life/town.ts";
import { discordMessage, discordModal, discordStyle } from "../discord.ts";
import type { Pages } from "../pages.ts";
import type { Booth, Viewer } from "./booth.ts";

export async function openDiscordBooth(pages: Pages): Promise<Booth> {
  const desk = await openDiscordDesk();
  const viewer = (who: Asker) => viewerOf(desk, pages, who);
  return {
    ...{ desk, viewer },
    admin: (language) => viewer(desk.leads[language]),
    second: (language) => viewer(desk.leads[language === "en" ? "zh-Hans" : "en"]),
    lead: () => viewer(desk.teamLead ?? desk.agent),
    stop: () => desk.stop(),
  };
}

function viewerOf(desk: DiscordDesk, pages: Pages, who: Asker): Viewer {
  const person = desk.personOf(who.id);
  if (person === undefined) throw new Error(`nobody is behind ${who.name}`);
  const seenAt = (where: Where, id: string) =>
    person.sees(where === "direct" ? "dm" : desk.channel).find((each) => each.id === id);
  return {
    ...who,
    async takes(path, where, { id }) {
      const message = seenAt(where, id);
      if (message === undefined) throw new Error("the message is gone");
      await pages.take(path, discordMessage(message), discordStyle);
    },
    hasForm: async () => person.modal() !== undefined,
    leavesForm: async () => {
      if (person.modal() !== undefined) person.dismisses();
    },
    async takesForm(path) {
      const modal = person.modal();
      if (modal === undefined) throw new Error("no form is open");
      await pages.take(path, discordModal(modal), discordStyle);
    },
    isPending: ({ id }) => seenAt("leads", id)?.thinking === true,
  };
}
