/** What people typed and pressed in Slack, as the core knows it. Pure. */
import { z } from "zod";
import { OPENS_FORM } from "../render/controls.ts";
import { emojiByName } from "./emoji-names.ts";

/** The display name of a user or channel id, where it is known. */
export type Lookup = (id: string) => string | undefined;

/**
 * What is more than it says: Slack's own angle brackets (those that people type arrive as `&lt;`),
 * shortcodes of emoji with a skin tone or without, entities.
 */
const SAYING =
  /<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>|:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?|&(?:lt|gt|amp);/g;

/**
 * A text of Slack's as plain text: mentions and channels as names, links as their address and what
 * they say, entities as letters, common emoji as themselves.
 */
export function plainWords(slackText: string, lookup?: Lookup): string {
  return slackText.replace(
    SAYING,
    (whole, sign: string, target: string | undefined, label: string | undefined, emoji: string) => {
      if (emoji !== undefined) return emojiByName.get(emoji) ?? whole;
      if (target === undefined) return decoded(whole);
      const known = label === undefined || label === "" ? undefined : decoded(label);
      return angleWords(sign, decoded(target), { label: known, lookup });
    },
  );
}

function decoded(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

interface Known {
  readonly label: string | undefined;
  readonly lookup: Lookup | undefined;
}

function angleWords(sign: string, target: string, { label, lookup }: Known): string {
  switch (sign) {
    case "@":
    case "#": {
      const name = label ?? lookup?.(target) ?? "…";
      return name.startsWith(sign) ? name : `${sign}${name}`;
    }
    case "!":
      return commandWords(target, label);
    default:
      return linkWords(target, label);
  }
}

/** `<!here>`, `<!subteam^S1|@support>`, `<!date^1700000000^{date}|14 November>`. */
function commandWords(target: string, label: string | undefined): string {
  const [command = ""] = target.split("^");
  if (command === "date") return label ?? "…";
  const name = label ?? (command === "subteam" ? "…" : command);
  return name.startsWith("@") ? name : `@${name}`;
}

/** What a person typed as an address is shown as it; a label of its own keeps the address beside it. */
function linkWords(target: string, label: string | undefined): string {
  const address = target.replace(/^(?:mailto|tel):/, "");
  if (label === undefined || label === address) return address;
  const typed = target.replace(/^[a-z]+:\/\//, "").replace(/\/$/, "");
  return label === typed || label === target ? label : `${label} (${address})`;
}

/** A button or option that was pressed. */
export interface Pressed {
  readonly token: string;
  /** It is answered with a form. */
  readonly opens: boolean;
}

const action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
const actionsPayload = z.object({ actions: z.array(action).min(1) });

/** What `block_actions` tells of; undefined when nothing of ours was pressed. */
export function pressedToken(payload: unknown): Pressed | undefined {
  const parsed = actionsPayload.safeParse(payload);
  const pressed = parsed.data?.actions.at(0);
  const token = pressed?.value ?? pressed?.selected_option?.value;
  if (pressed === undefined || token === undefined || token === "") return undefined;
  return { token, opens: pressed.action_id.startsWith(OPENS_FORM) };
}
