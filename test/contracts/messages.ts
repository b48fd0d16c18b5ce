/** What the contract's messages say. */
import { MAX_TOKEN_LENGTH, type Message, type Option } from "../../src/platform.ts";

/** Markup, mentions and tricks of every platform we know. */
export const hostileTexts = [
  "<b>bold</b> <script>alert(1)</script> &amp; &lt;",
  "<!channel> <@U123> <https://example.com|here> *bold* _it_ `code`",
  "@everyone @here <@&1> [masked](https://example.com) **bold** ||hidden||",
  "\u202Eevil\u202C مرحبا 👩🏽‍💻 {name} {{name}} %s",
];

/** Characters that turn round what stands behind them may be left out, or closed off. */
export function withoutTurning(text: string): string {
  return text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "");
}

export function plain(text: string): Message {
  return { summary: text, locale: "en", parts: [{ kind: "text", text }] };
}

/** A question of a whisper, and what stands in its place where all can see it. */
export function whispered(text: string, says: string): Message {
  return { ...plain(text), opener: { says, option: { label: "Show it", token: "show" } } };
}

/** The smallest PNG: one transparent point. */
const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

export const longToken = "t".repeat(MAX_TOKEN_LENGTH);

export const wordsOfEverything = [
  ...["A heading", "A text", "Small print", "Their words", "Their name", "Low end", "High end"],
  ...["Very easy", "Very hard", "Change it", "Not now?", "Never again", "Answers", "118"],
  ...["Groups", "Promoters", "71 of them", "What the picture says", "Read more"],
];

export function everything(): Message {
  const scores = Array.from({ length: 11 }, (_, score) => ({
    label: String(score),
    token: `${score}${longToken}`.slice(0, MAX_TOKEN_LENGTH),
  }));
  return {
    summary: "Every kind of part",
    locale: "en",
    parts: [
      { kind: "heading", text: "A heading" },
      { kind: "heading", text: "A section", minor: true },
      { kind: "text", text: "A text" },
      { kind: "note", text: "Small print" },
      {
        kind: "quote",
        text: "Their words",
        by: "Their name",
        link: { label: "Open the chat", url: "https://example.com/chat" },
      },
      { kind: "scale", options: scores, low: "Low end", high: "High end" },
      {
        kind: "choices",
        options: [
          { label: "Very easy", token: "easy", hint: "The best" },
          { label: "Very hard", token: "hard" },
        ],
      },
      {
        kind: "choices",
        pick: "Pick a reason",
        options: ["price", "gap", "effort", "support", "rival", "other"].map((token) => ({
          label: `Because of ${token}`,
          token,
        })),
      },
      { kind: "actions", options: [{ label: "Change it", token: "change" }] },
      { kind: "menu", label: "Not now?", options: [{ label: "Never again", token: "never" }] },
      { kind: "facts", rows: [["Answers", "118"]] },
      {
        kind: "bars",
        title: "Groups",
        bars: [{ label: "Promoters", value: "71 of them", share: 0.6 }],
      },
      {
        kind: "picture",
        picture: { png: dot, width: 1, height: 1, alt: "What the picture says" },
      },
      { kind: "link", link: { label: "Read more", url: "https://example.com/more" } },
    ],
  };
}

/** A message with these buttons beneath its words. */
export function withButtons(text: string, ...options: readonly Option[]): Message {
  return { ...plain(text), parts: [...plain(text).parts, { kind: "actions", options }] };
}
