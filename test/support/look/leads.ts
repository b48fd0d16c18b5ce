/** Everything that leads see, in one workspace for all languages. */
import type { Language } from "../../../src/locales/index.ts";
import type { CoreDatabase } from "../../life/core.ts";
import type { Asker } from "../../life/desks/desk.ts";
import { historyOfDesks, openOffice } from "../../life/desks/office.ts";
import type { Seen } from "../../life/town.ts";
import type { Booth } from "./booths/booth.ts";
import { otherScenes, scenesIn } from "./scenes.ts";

export async function lookAtLeads({
  database,
  booth,
  read,
  path,
  noted,
}: {
  readonly database: CoreDatabase;
  readonly booth: Booth;
  readonly read: readonly Language[];
  readonly path: string;
  noted(path: string): void;
}): Promise<void> {
  const { desk } = booth;
  const office = await openOffice(database, desk, historyOfDesks());
  const take = async (name: string, who: Asker, seen: Seen) => {
    await booth.viewer(who).takes(`${path}-${name}`, "leads", seen);
    noted(`${path}-${name}`);
  };
  const newest = async (who: Asker): Promise<Seen> => {
    await office.settle();
    const seen = (await who.sees("leads")).at(-1);
    if (seen === undefined) throw new Error("nothing is there");
    return seen;
  };
  for (const language of read) {
    const lead = desk.leads[language];
    for (const { name, asked, presses } of scenesIn(language)) {
      const seen = await lead.asks(asked);
      if (presses !== undefined && seen.buttons.includes(presses)) {
        await lead.presses("leads", seen, presses);
        await newest(lead);
      }
      await take(`${language}-${name}`, lead, seen);
      if (name.endsWith("shared"))
        await take(`${language}-${name}-posted`, lead, await newest(lead));
    }
  }
  for (const { name, who, asked } of otherScenes(desk))
    await take(`en-${name}`, who, await who.asks(asked));
  await office.weekEnds();
  await take("en-alert", desk.leads.en, await newest(desk.leads.en));
}
