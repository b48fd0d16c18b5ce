/**
 * Emoji as an operator may write them: `:white_check_mark:`, `white_check_mark` or ✅. Chats know
 * them by name; the names are those of the emoji-data set, which Slack uses.
 */

/** The ones that people close a chat with. Any other one can be given by its name. */
const names: ReadonlyMap<string, string> = new Map([
  ["✅", "white_check_mark"],
  ["✔", "heavy_check_mark"],
  ["☑", "ballot_box_with_check"],
  ["👍", "+1"],
  ["👌", "ok_hand"],
  ["🎉", "tada"],
  ["🏁", "checkered_flag"],
  ["🆗", "ok"],
  ["💯", "100"],
  ["🙌", "raised_hands"],
  ["👏", "clap"],
  ["🙏", "pray"],
  ["🤝", "handshake"],
  ["🔒", "lock"],
  ["🟢", "large_green_circle"],
  ["💚", "green_heart"],
  ["⭐", "star"],
  ["✨", "sparkles"],
  ["🚀", "rocket"],
  ["📪", "mailbox_closed"],
  ["🛑", "octagonal_sign"],
  ["❌", "x"],
  ["🆑", "cl"],
  ["🔚", "end"],
  ["☎", "phone"],
  ["📁", "file_folder"],
  ["🗄", "file_cabinet"],
]);

/** What may follow the character: how it is drawn, and the colour of a hand. */
const VARIANTS = /[\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]/gu;

/** The name without colons; undefined for what is no emoji that we know the name of. */
export function emojiName(written: string): string | undefined {
  const known = names.get(written.replace(VARIANTS, ""));
  if (known !== undefined) return known;
  const name = /^:?([\p{Ll}\p{Lo}\p{M}\p{N}_+'-]{1,100}):?$/u.exec(written)?.[1];
  const colons = written.startsWith(":") === written.endsWith(":");
  return colons ? name : undefined;
}

/** The names of those that have one, each once: 👍 and +1 are the same. */
export function emojiNames(written: readonly string[]): readonly string[] {
  return [...new Set(written.flatMap((one) => emojiName(one) ?? []))];
}

const characters: ReadonlyMap<string, string> = new Map(
  [...names].map(([char, name]) => [name, char]),
);

/**
 * What Discord calls an emoji: a standard one is its own character, one that a server made has a
 * name. Undefined for anything else.
 */
function discordEmojiOf(written: string): string | undefined {
  const bare = written.replace(VARIANTS, "");
  const isCharacter = [bare, `${bare}\uFE0F`, written].some((one) => /^\p{RGI_Emoji}$/v.test(one));
  if (isCharacter) return bare;
  const name = /^(:?)([\w+]{2,32})\1$/.exec(written)?.[2];
  return name === undefined || name.includes("+")
    ? characters.get(name ?? "")
    : (characters.get(name) ?? name);
}

export const isDiscordEmoji = (written: string): boolean => discordEmojiOf(written) !== undefined;

/** Those that are one, each once: ✔️ and ✔ are the same, and so are white_check_mark and ✅. */
export function discordEmoji(written: readonly string[]): readonly string[] {
  return [...new Set(written.flatMap((one) => discordEmojiOf(one) ?? []))];
}
