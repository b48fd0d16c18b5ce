/** A card as each platform shows it: taken as it is, with every word of ours. */
import { expect } from "vitest";
import { renderMessage as onDiscord } from "../../adapters/discord/render.ts";
import { renderMessage as inPlayground } from "../../adapters/playground/render.ts";
import { renderMessage as onSlack } from "../../adapters/slack/render.ts";
import type { Message } from "../../src/platform.ts";
import { readMarkdown } from "../adapters/discord/render/markdown-reader.ts";
import { checkComponents } from "./discord/components/message.ts";
import { walk } from "./discord/components/rules.ts";
import { checkMessage } from "./slack/block-kit.ts";
import { shownIn } from "./slack/mrkdwn-blocks.ts";

/** Without the names of options that a platform puts before what is typed. */
const squeezed = (text: string) => text.replaceAll(/\s+/g, " ").replaceAll("period:", "").trim();

/** Fails where a platform would refuse it, or leaves out a word. */
export function expectShownWhole(card: Message): void {
  const slack = onSlack(card, { pictureFile: "F123" });
  expect(checkMessage(slack)).toEqual([]);
  const discord = onDiscord(card);
  const files = discord.files.map(({ name }) => name);
  checkComponents(discord.components, true, files);
  const { content } = inPlayground(card, () => "");
  const shown = {
    slack: shownIn(slack.blocks).join(" "),
    discord: walk(discord.components, [])
      .flatMap(({ component: { content: said } }) =>
        typeof said === "string" ? [readMarkdown(said).text] : [],
      )
      .join(" "),
    playground: stringsIn(content.parts).join(" "),
  };
  for (const [where, text] of Object.entries(shown))
    for (const words of wordsIn(card)) expect(squeezed(text), where).toContain(squeezed(words));
}

/** Our words in it, line by line. */
function wordsIn({ parts }: Message): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "facts") return part.rows.flat();
    if (part.kind === "quote") return [part.text, part.by ?? ""];
    return "text" in part ? [part.text] : [];
  });
}

/** Every text in a value, wherever it stands. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
