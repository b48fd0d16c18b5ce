/**
 * A reader of Slack's mrkdwn: what of a text is alive (mentions somebody, links somewhere, changes
 * how it looks), and what a person sees of it. Rather too strict: what Slack might take for a link
 * or an emoji counts as one. From https://docs.slack.dev/messaging/formatting-message-text; there
 * are no lists in it, only in rich text.
 */

/** What a text does besides being read; each thing as it stands in the text. */
export interface LiveTokens {
  readonly mentions: readonly string[];
  readonly links: readonly string[];
  readonly formatting: readonly string[];
}

/** `<@U1>`, `<#C1|help>`, `<!here>`, `<!date^…>`, `<https://…|label>`: never across lines. */
const ANGLES = /<([^<>\n]+)>/g;
const FENCE = /```[\s\S]+?```/g;
const CODE = /`[^`\n]+`/g;
/** Live with `link_names` or `parse: "full"` only, which no message of ours needs. */
const BARE_MENTION = /(?<![\p{L}\p{N}])[@#][\p{L}\p{N}][\p{L}\p{N}._-]*/gu;
const BARE_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s<>|]+/giu;
/** `evil.example`, `mail@evil.example`, `README.md`: Slack links every top-level domain it knows. */
const BARE_DOMAIN = /(?:[\p{L}\p{N}_+-]@)?[\p{L}\p{N}][\p{L}\p{N}-]*\.\p{L}{2,}/gu;
/** Slack sends and takes a quoting `>` escaped too. */
const QUOTE = /^\s*(?:>|&gt;).*/gm;
/** Names are letters in any language; `:30:` of a time is no emoji, `:100:` and `:1234:` are. */
const EMOJI = /:(?:(?!\d+:)[^\s:<>&]+|100|1234):/gu;

/** A pair of signs around words, with nothing glued to their outside. */
function pair(sign: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}])[${sign}](?=\\S)[^${sign}\\n]+(?<=\\S)[${sign}](?![\\p{L}\\p{N}])`,
    "gu",
  );
}
const PAIRS = [pair("*"), pair("_"), pair("~")];

/** Everything in `text` that Slack would bring to life. */
export function liveTokens(text: string): LiveTokens {
  const angles = [...text.matchAll(ANGLES)].map(([token, body = ""]) => ({ token, body }));
  const [mentions, links] = [/^[@#!]/, /^[^@#!]/].map((kind) =>
    angles.filter(({ body }) => kind.test(body)).map(({ token }) => token),
  );
  const outside = text.replace(ANGLES, " ");
  const code = [...all(outside, FENCE), ...all(outside.replace(FENCE, " "), CODE)];
  const prose = outside.replace(FENCE, " ").replace(CODE, " ");
  return {
    mentions: [...(mentions ?? []), ...all(prose, BARE_MENTION)],
    links: [...(links ?? []), ...all(prose, BARE_URL), ...all(prose, BARE_DOMAIN)],
    formatting: [
      ...code,
      ...PAIRS.flatMap((pattern) => all(prose, pattern)),
      ...all(prose, QUOTE),
      ...all(prose, EMOJI),
    ],
  };
}

/** What a person sees of `text`: no signs, links by their label. Shortcodes stay as typed. */
export function shownWords(text: string): string {
  const shown = text
    .replace(FENCE, (block) => block.slice(3, -3))
    .replace(ANGLES, (_, body: string) => shownAngle(body))
    .replace(QUOTE, (line) => line.replace(/^\s*(?:>|&gt;)\s?/, ""));
  const bare = [...PAIRS, CODE].reduce(
    (words, pattern) => words.replace(pattern, (marked) => marked.slice(1, -1)),
    shown,
  );
  return bare.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function shownAngle(body: string): string {
  const [target = "", label] = body.split("|", 2);
  if (label !== undefined) return target.startsWith("#") ? `#${label}` : label;
  return target.startsWith("!") ? `@${target.slice(1)}` : target;
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([found]) => found);
}
