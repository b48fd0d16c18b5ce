/** Whom a message would really notify ("Message", section on allowed mentions). */
import { z } from "zod";
import { walk } from "./components/rules.ts";
import { rule, snowflake } from "./form.ts";
import { ALLOWED_MENTIONS } from "./limits.ts";
import type { Channel, Json, User } from "./model.ts";
import { may } from "./permissions.ts";

/** What may be notified; `parse` and a list of the same kind exclude each other. */
export const allowedMentions = z
  .strictObject({
    parse: z.array(z.enum(["roles", "users", "everyone"])).optional(),
    roles: z.array(snowflake).max(ALLOWED_MENTIONS).optional(),
    users: z.array(snowflake).max(ALLOWED_MENTIONS).optional(),
    replied_user: z.boolean().optional(),
  })
  .superRefine(({ parse = [], roles = [], users = [] }, context) => {
    for (const [kind, list] of [
      ["roles", roles],
      ["users", users],
    ] as const) {
      if (parse.includes(kind) && list.length > 0) {
        rule(
          context,
          ["parse"],
          "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
          `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        );
      }
    }
  });
export type AllowedMentions = z.output<typeof allowedMentions>;

/** Everything people read: the content and the texts of components. */
export function textsOf(content: string, components: readonly Json[]): string {
  const shown = walk(components, []).map(({ component }) => component.content);
  return [content, ...shown.filter((value) => typeof value === "string")].join("\n");
}

/** Ids of users and roles, "@everyone", "@here". Without `allowed` everything in the text counts. */
export function pingsIn(
  text: string,
  channel: Channel,
  author: User,
  allowed: AllowedMentions = { parse: ["roles", "users", "everyone"], replied_user: true },
  replyTo?: User,
): string[] {
  // Nothing inside code is a mention.
  const plain = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
  const { parse = [], users = [], roles = [] } = allowed;
  const found = new Set<string>();
  for (const [, id = ""] of plain.matchAll(/<@!?(\d+)>/g)) {
    if (parse.includes("users") || users.includes(id)) found.add(id);
  }
  const everyone = may(channel, author, "MentionEveryone");
  for (const [, id = ""] of plain.matchAll(/<@&(\d+)>/g)) {
    const role = channel.guild?.roles.get(id);
    if (role === undefined || !(role.mentionable || everyone)) continue;
    if (parse.includes("roles") || roles.includes(id)) found.add(id);
  }
  if (parse.includes("everyone") && everyone && channel.guild !== undefined) {
    for (const [name] of plain.matchAll(/@(everyone|here)/g)) found.add(name);
  }
  if (replyTo !== undefined && allowed.replied_user === true) found.add(replyTo.id);
  return [...found];
}
