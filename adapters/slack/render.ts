/** Our messages as Slack's blocks, short enough for Slack to take them. Pure. */

import type { types } from "@slack/bolt";
import type { Message, Part } from "../../src/platform.ts";
import { mostThat } from "../common/fitting.ts";
import { literal } from "./render/mrkdwn.ts";
import { joinLinks, joinTitles, partBlocks } from "./render/parts.ts";

/** What Slack takes at once: blocks, and characters of their JSON. */
export interface Room {
  readonly blocks: number;
  readonly characters: number;
}

/**
 * 50 blocks: https://docs.slack.dev/reference/block-kit/blocks. Their length is not documented:
 * slackapi/bolt-js#2509 met `msg_blocks_too_long` at about 13 200 characters, and #2867 earlier with
 * many small elements. The JSON is longer than any other way to count, and leaves some room.
 */
const MESSAGE_ROOM: Room = { blocks: 50, characters: 12_000 };
/**
 * The fallback is read out and shown in notifications: a line, not a page. `chat.update` takes
 * 4 000 characters, and escaped an "&" is five.
 */
const FALLBACK_TEXT = 800;
/** Shorter than this a text says nothing any more; then whole parts are left out. */
const SHORTEST = 40;

/** A message as `chat.postMessage` takes it. */
export interface Rendered {
  /** For notifications and screen readers; mrkdwn in which nothing is alive. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/**
 * @param options.pictureFile Slack's id of the uploaded picture of the message; without it its
 * curve and its text are shown.
 */
export function renderMessage(
  message: Message,
  options: { readonly pictureFile?: string } = {},
): Rendered {
  const blocks = fittingBlocks(message.parts, MESSAGE_ROOM, options.pictureFile);
  return { text: literal(message.summary, FALLBACK_TEXT) || "…", blocks };
}

/**
 * The blocks of all parts within the room there is. What is too much is taken from the longest
 * texts first, then from the end; buttons stay, as long as they alone are not too much.
 */
export function fittingBlocks(
  parts: readonly Part[],
  room: Room,
  pictureFile?: string,
): types.KnownBlock[] {
  const draw = (longest: number, kept = parts) =>
    joinTitles(
      joinLinks(kept.flatMap((part, place) => partBlocks(part, place, { longest, pictureFile }))),
    );
  const fits = (blocks: types.KnownBlock[]) =>
    blocks.length <= room.blocks && JSON.stringify(blocks).length <= room.characters;

  const whole = draw(room.characters);
  if (fits(whole)) return whole;
  if (fits(draw(SHORTEST))) {
    return draw(mostThat((longest) => fits(draw(longest)), SHORTEST, room.characters));
  }
  const controls = parts.filter(isControl).length;
  const kept = mostThat((n) => fits(draw(SHORTEST, withFirst(n, parts))), 0, parts.length);
  const some = withFirst(kept, parts);
  if (fits(draw(SHORTEST, some))) return draw(SHORTEST, some);
  const few = mostThat((n) => fits(draw(SHORTEST, some.slice(0, n))), 0, controls);
  return draw(SHORTEST, some.slice(0, few));
}

/** The first `n` parts, and of the others what can be pressed. */
function withFirst(n: number, parts: readonly Part[]): Part[] {
  return parts.filter((part, i) => i < n || isControl(part));
}

function isControl({ kind }: Part): boolean {
  return kind === "scale" || kind === "choices" || kind === "actions" || kind === "menu";
}
