/**
 * A lead asks for figures: what is typed, what is answered, and where its buttons lead, on every
 * platform with its real client against what the platform is.
 */
import { describe, expect, test } from "vitest";
import { type Language, languages, type TextKey, textsFor } from "../../../src/locales/index.ts";
import type { Asker, Desk } from "../../life/desks/desk.ts";
import type { Office } from "../../life/desks/office.ts";
import { HOSTILE_TAG } from "../../life/history/rows.ts";
import type { Seen } from "../../life/town.ts";
import { natural, operationsAskedFor, scoresAskedFor } from "./asked.ts";
import { expectReadable, spaced } from "./readable.ts";

const PNG = "89504e470d0a1a0a";

/** What a card begins with. */
const titles: Readonly<Record<string, TextKey>> = {
  response: "response.title",
  frt: "frt.title",
  contacts: "contacts.title",
  churn: "churn.title",
  coverage: "coverage.title",
  cx: "cx.title",
  journey: "journey.title",
};

/** What always has enough to draw. */
const drawn: readonly string[] = ["frt", "contacts", "cx"];

/** That a comment has a case. */
const caseWords: Readonly<Record<Language, RegExp>> = {
  en: /case \d+/u,
  "zh-Hans": /个案 \d+/u,
  "zh-Hant": /個案 \d+/u,
  ru: /обращение \d+/u,
};

/** A desk that is open, with the office behind it. */
export interface Opened {
  readonly desk: Desk;
  readonly office: Office;
}

/** What leads of all languages ask for; `opened` once there is something to ask about. */
export function askingForFigures(opened: () => Opened): void {
  /** The same message as it is now. */
  const again = async (who: Asker, { id }: Seen): Promise<Seen> => {
    const found = (await who.sees("leads")).find((each) => each.id === id);
    return found ?? expect.unreachable("the message is gone");
  };
  /** Presses, and gives the message once it is another one than before. */
  const pressed = async (who: Asker, seen: Seen, label: string): Promise<Seen> => {
    await who.presses("leads", seen, label);
    await opened().desk.settled();
    for (let look = 0; look < 1000; look += 1) {
      const now = await again(who, seen);
      if (now.words !== seen.words) return now;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return expect.unreachable(`nothing came of ${label}`);
  };

  describe.each(languages)("a lead who reads %s", (language) => {
    const texts = textsFor(language);
    const expectPicture = async (seen: Seen) => {
      if (!opened().desk.whispersPictures) return;
      const [picture] = seen.pictures;
      expect(picture?.alt.length).toBeGreaterThan(20);
      const png = await picture?.png();
      expect(Buffer.from(png ?? []).toString("hex", 0, 8)).toBe(PNG);
    };

    test("asks for each score, by each cut, against another period", async () => {
      for (const asked of scoresAskedFor(language)) {
        const seen = await opened().desk.leads[language].asks(asked);
        expectReadable(seen, language);
        if (asked.by !== undefined)
          expect(seen.words).toContain(texts.text("summary.by", { by: asked.by }));
        expect(seen.words, JSON.stringify(asked)).toMatch(/\d/u);
        expect(seen.buttons).toContain(texts.text("share.button"));
        // Of others there may be too few to draw; the steps of a score are drawn nowhere.
        if (asked.command === "nps" && asked.by !== undefined && asked.period !== "week")
          await expectPicture(seen);
      }
    });

    test("asks for what else there is in figures", async () => {
      for (const asked of operationsAskedFor(language)) {
        const seen = await opened().desk.leads[language].asks(asked);
        expectReadable(seen, language);
        const title = titles[asked.command];
        if (title !== undefined)
          expect(seen.words.startsWith(texts.text(title)), seen.words).toBe(true);
        expect(seen.words, JSON.stringify(asked)).toMatch(/\d+\D+\d+/u);
        if (drawn.includes(asked.command)) await expectPicture(seen);
        if (asked.by === "tag") expect(seen.words).toContain(HOSTILE_TAG);
      }
    });

    test("says a period and a cut in words of their own", async () => {
      const { asked, says } = natural[language];
      const seen = await opened().desk.leads[language].asks(asked);
      expectReadable(seen, language);
      expect(spaced(seen.words)).toMatch(says);
    });

    test("is told the nearest word where one was mistyped", async () => {
      const seen = await opened().desk.leads[language].asks({ command: "nps", period: "weke" });
      expectReadable(seen, language);
      expect(seen.words).toContain("weke");
      expect(seen.words).toContain("week");
      const nobody = { command: "nps", period: "week", filters: { team: "Bilng" } };
      const unknown = await opened().desk.leads[language].asks(nobody);
      expectReadable(unknown, language);
      expect(unknown.words).toMatch(/team:Billing/u);
    });

    test("reads what customers wrote, page by page to the end and back", async () => {
      const lead = opened().desk.leads[language];
      const [next, previous] = [texts.text("feedback.next"), texts.text("feedback.previous")];
      const first = await lead.asks({ command: "feedback", period: "last month", which: "low" });
      expectReadable(first, language);
      expect(first.links.length).toBeGreaterThan(3);
      expect(first.buttons).toEqual([next]);
      let page = first;
      let pages = 1;
      while (page.buttons.includes(next)) {
        page = await pressed(lead, page, next);
        expectReadable(page, language);
        pages += 1;
      }
      expect(pages).toBeGreaterThan(1);
      while (page.buttons.includes(previous)) page = await pressed(lead, page, previous);
      expect(page.words).toBe(first.words);
    });

    test("searches in comments, and reads of cases", async () => {
      const lead = opened().desk.leads[language];
      for (const which of ["new", "high"] as const) {
        const seen = await lead.asks({ command: "feedback", period: "90 days", which });
        expectReadable(seen, language);
        expect(seen.words).toContain(texts.text(`feedback.order.${which}`));
      }
      const found = await lead.asks({ command: "feedback", period: "90 days", words: "долго" });
      expectReadable(found, language);
      expect(found.words).toMatch(/долго/iu);
      const week = await lead.asks({ command: "feedback", period: "week", which: "low" });
      expect(week.words).toMatch(caseWords[language]);
    });

    test("shares a score: everybody reads it with its picture, and its words leave nobody out", async () => {
      const lead = opened().desk.leads[language];
      const seen = await lead.asks({ command: "csat", period: "90 days", by: "touchpoint" });
      const shown = await pressed(lead, seen, texts.text("share.button"));
      expect(shown.buttons).toEqual([]);
      await opened().office.settle();
      const posted =
        (await opened().desk.agent.sees("leads")).at(-1) ?? expect.unreachable("nothing");
      expectReadable(posted, "en");
      expect(spaced(posted.words)).toMatch(/^CSAT · by touchpoint/u);
      const [picture] = posted.pictures;
      expect(picture?.alt).toContain("CSAT");
      const png = Buffer.from((await picture?.png()) ?? []);
      expect(png.toString("hex", 0, 8)).toBe(PNG);
    });
  });
}
