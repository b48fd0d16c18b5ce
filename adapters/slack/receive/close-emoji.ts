/** Which reactions close a chat: the configured emoji, whatever a workspace calls or renames it. */
import { z } from "zod";
import { slackError } from "../errors.ts";
import { persist } from "../patience.ts";
import type { SlackOptions, SlackWorkspace } from "../workspace.ts";

export interface CloseEmoji {
  /** Reads the workspace's own emoji, for their aliases. Without them the configured names serve. */
  load(workspace: SlackWorkspace, pauses?: readonly number[]): Promise<void>;
  /** `reaction` as Slack sends it, perhaps with a skin tone. */
  closes(workspace: SlackWorkspace, reaction: string): boolean;
  /** Takes an `emoji_changed` event; everything else is ignored. */
  changed(workspace: SlackWorkspace, event: unknown): void;
}

/** Name → picture address, or "alias:" and another name. */
const emojiList = z.object({ emoji: z.record(z.string(), z.string()) });

const emojiChanged = z.discriminatedUnion("subtype", [
  z.object({ subtype: z.literal("add"), name: z.string(), value: z.string().catch("") }),
  z.object({ subtype: z.literal("rename"), old_name: z.string(), new_name: z.string() }),
  z.object({ subtype: z.literal("remove"), names: z.array(z.string()) }),
]);

export function createCloseEmoji(options: Pick<SlackOptions, "closeEmoji" | "log">): CloseEmoji {
  const { log } = options;
  const configured = options.closeEmoji.map((name) => name.replaceAll(":", "").trim());
  const known = new Map<string, Set<string>>();
  const namesIn = ({ ref }: SlackWorkspace): Set<string> => {
    const names = known.get(ref.externalId) ?? new Set(configured);
    known.set(ref.externalId, names);
    return names;
  };
  return {
    async load(workspace, pauses) {
      try {
        const answer = await persist(() => workspace.client.emoji.list(), pauses);
        const { emoji } = emojiList.parse(answer);
        known.set(workspace.ref.externalId, withAliases(configured, emoji));
      } catch (error) {
        const known = slackError(error, "read");
        log.warn({ error: known }, "the workspace's own emoji could not be read");
      }
    },
    closes: (workspace, reaction) => namesIn(workspace).has(plainName(reaction)),
    changed(workspace, event) {
      const parsed = emojiChanged.safeParse(event);
      if (!parsed.success) return;
      const names = namesIn(workspace);
      const { data } = parsed;
      if (data.subtype === "add" && names.has(data.value.replace(/^alias:/, ""))) {
        names.add(data.name);
      }
      if (data.subtype === "rename" && names.has(data.old_name)) {
        names.add(data.new_name);
        const advice = `Add ${data.new_name} to SLACK_CLOSE_EMOJI before the next restart.`;
        log.warn({ advice }, "the emoji that closes a chat was renamed");
      }
      if (data.subtype === "remove") {
        for (const name of data.names) if (!configured.includes(name)) names.delete(name);
      }
    },
  };
}

/** `+1::skin-tone-2` is a `+1`. */
function plainName(reaction: string): string {
  return reaction.split("::")[0] ?? "";
}

/** Everything that stands for one of these, or that one of these stands for. */
function withAliases(names: readonly string[], emoji: Readonly<Record<string, string>>) {
  const all = new Set(names);
  const pairs = Object.entries(emoji).flatMap(([name, value]) =>
    value.startsWith("alias:") ? [[name, value.slice("alias:".length)] as const] : [],
  );
  for (let size = 0; size < all.size; ) {
    size = all.size;
    for (const [one, other] of pairs) {
      if (all.has(one)) all.add(other);
      if (all.has(other)) all.add(one);
    }
  }
  return all;
}
