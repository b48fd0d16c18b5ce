/**
 * What Slack takes and what it refuses: messages and views are checked against its documented
 * limits, strictly, before our emulator shows them to anybody. Complaints are worded like Slack's
 * own (`response_metadata.messages` of `invalid_blocks`), with the place as a JSON pointer.
 */
import { z } from "zod";
import { messageBlock, viewBlock } from "./block-kit-blocks.ts";
import { plainText, string } from "./block-kit-text.ts";

/** https://docs.slack.dev/reference/block-kit/blocks: 50 in a message, 100 in a view. */
const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
/** https://docs.slack.dev/reference/methods/chat.postMessage#truncating: longer texts are cut. */
const MESSAGE_TEXT = 40_000;
/**
 * `msg_blocks_too_long`, not documented: slackapi/bolt-js#2509 met it at about 13 200 characters,
 * #2867 with 11 300 characters of text in many small elements. So what surrounds the text counts
 * too: we measure the JSON.
 */
const MESSAGE_BLOCKS_CHARACTERS = 13_200;
/** https://docs.slack.dev/reference/views/modal-views */
const VIEW = { title: 24, button: 24, privateMetadata: 3000, callbackId: 255, externalId: 255 };
/** https://docs.slack.dev/reference/methods/views.publish: `view_too_large`, 250 kB. */
const VIEW_CHARACTERS = 250_000;

const message = z.object({
  text: z.string().max(MESSAGE_TEXT).optional(),
  blocks: z.array(messageBlock).max(MESSAGE_BLOCKS).optional(),
});

const viewFields = {
  blocks: z.array(viewBlock).max(VIEW_BLOCKS),
  private_metadata: string(VIEW.privateMetadata).or(z.literal("")).optional(),
  callback_id: string(VIEW.callbackId).optional(),
  external_id: string(VIEW.externalId).optional(),
};
const view = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("home"), ...viewFields }),
  z
    .strictObject({
      type: z.literal("modal"),
      ...viewFields,
      title: plainText(VIEW.title),
      submit: plainText(VIEW.button).optional(),
      close: plainText(VIEW.button).optional(),
      clear_on_close: z.boolean().optional(),
      notify_on_close: z.boolean().optional(),
    })
    .refine(
      (modal) => modal.submit !== undefined || modal.blocks.every((b) => b.type !== "input"),
      {
        message: "submit is required with input blocks",
      },
    ),
]);

/** Why Slack would refuse a message; nothing when it would take it. */
export function checkMessage(sent: {
  readonly text?: unknown;
  readonly blocks?: unknown;
}): string[] {
  const { text, blocks } = sent;
  const given = { ...(text !== undefined && { text }), ...(blocks !== undefined && { blocks }) };
  const complaints = complaintsOf(message, given);
  const empty = (text === undefined || text === "") && isEmpty(blocks);
  if (empty) complaints.push("no_text [json-pointer:/text]");
  const length = JSON.stringify(blocks ?? []).length;
  if (length > MESSAGE_BLOCKS_CHARACTERS) {
    complaints.push(
      `msg_blocks_too_long: ${length} characters, at most ${MESSAGE_BLOCKS_CHARACTERS} [json-pointer:/blocks]`,
    );
  }
  return [...complaints, ...repeatedIds(blocks)];
}

/** Why Slack would refuse a view (modal or App Home); nothing when it would take it. */
export function checkView(given: unknown): string[] {
  const complaints = complaintsOf(view, given);
  const length = JSON.stringify(given ?? null).length;
  if (length > VIEW_CHARACTERS) {
    complaints.push(`view_too_large: ${length} characters, at most ${VIEW_CHARACTERS}`);
  }
  return [...complaints, ...repeatedIds(isRecord(given) ? given.blocks : undefined)];
}

/** block_id is unique in the message or view, action_id in its block; one element has the focus. */
function repeatedIds(blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return [];
  const complaints: string[] = [];
  const blockIds = new Set<unknown>();
  let focused = 0;
  for (const [i, block] of blocks.entries()) {
    if (!isRecord(block)) continue;
    const at = `[json-pointer:/blocks/${i}]`;
    if (block.block_id !== undefined && blockIds.has(block.block_id)) {
      complaints.push(`block_id must be unique ${at}`);
    }
    blockIds.add(block.block_id);
    const elements = elementsOf(block);
    const actionIds = elements.map((e) => e.action_id).filter((id) => id !== undefined);
    if (new Set(actionIds).size < actionIds.length) {
      complaints.push(`action_id must be unique in its block ${at}`);
    }
    focused += elements.filter((element) => element.focus_on_load === true).length;
  }
  return focused > 1 ? [...complaints, "only one element can have focus_on_load"] : complaints;
}

function elementsOf(block: Record<string, unknown>): Record<string, unknown>[] {
  const several = Array.isArray(block.elements) ? block.elements : [];
  return [...several, block.accessory, block.element].filter(isRecord);
}

function complaintsOf(schema: z.ZodType, given: unknown): string[] {
  const result = schema.safeParse(given);
  return result.success ? [] : result.error.issues.map(sayIssue);
}

function sayIssue(issue: z.core.$ZodIssue): string {
  const pointer = `[json-pointer:/${issue.path.join("/")}]`;
  return `${sayProblem(issue)} ${pointer}`;
}

function sayProblem(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "too_big":
      return issue.origin === "string"
        ? `must be less than ${Number(issue.maximum) + 1} characters`
        : `no more than ${issue.maximum} ${issue.origin === "array" ? "items" : ""} allowed`;
    case "too_small":
      return issue.origin === "string"
        ? `must be more than ${Number(issue.minimum) - 1} characters`
        : `no less than ${issue.minimum} ${issue.origin === "array" ? "items" : ""} required`;
    case "unrecognized_keys":
      return `unknown field: ${issue.keys.join(", ")}`;
    case "invalid_union":
      return "unsupported type, or wrong in this place";
    default:
      return issue.message;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEmpty(blocks: unknown): boolean {
  return blocks === undefined || (Array.isArray(blocks) && blocks.length === 0);
}
