/** What people typed in Discord as plain words. Pure. */

/** Discord's own angle brackets: mentions, emoji of guilds, timestamps, commands. */
const ANGLE = /<(?:@[!&]?\d+|#\d+|a?:(\w+):\d+|t:-?\d+(?::\w)?|\/([^:>\n]+):\d+|id:\w+)>/g;

/** First version: see the tests. */
export function plainWords(content: string): string {
  return content.replace(ANGLE, (whole, emoji?: string, command?: string) => {
    if (emoji !== undefined) return `:${emoji}:`;
    if (command !== undefined) return `/${command}`;
    return whole.startsWith("<#") || whole.startsWith("<id") ? "#…" : "@…";
  });
}
