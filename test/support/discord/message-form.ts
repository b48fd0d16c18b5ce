/** Bodies that make or change a message ("Message", "Interaction Callback", "Webhook"). */
import { z } from "zod";
import { checkComponents } from "./components/message.ts";
import { checkShown } from "./components/rules.ts";
import { parseForm, snowflake, text } from "./form.ts";
import { CONTENT, EMBEDS, FILE_BYTES, FILES, NONCE_LENGTH } from "./limits.ts";
import { type AllowedMentions, allowedMentions } from "./mentions.ts";
import { type Attachment, flags, type Json, type Message } from "./model.ts";
import { formError, refused } from "./refusal.ts";
import type { World } from "./world.ts";

/** A part `files[n]` of a multipart body. */
export interface UploadedFile {
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** "Embed Limits": title 256, description 4096, 25 fields of 256 and 1024, footer 2048, author 256. */
const embed = z.strictObject({
  type: z.string().optional(),
  title: text(0, 256).optional(),
  description: text(0, 4096).optional(),
  url: z.string().optional(),
  timestamp: z.string().optional(),
  color: z.int().min(0).max(0xffffff).optional(),
  footer: z.strictObject({ text: text(0, 2048), icon_url: z.string().optional() }).optional(),
  image: z.strictObject({ url: z.string() }).optional(),
  thumbnail: z.strictObject({ url: z.string() }).optional(),
  author: z
    .strictObject({
      name: text(0, 256),
      url: z.string().optional(),
      icon_url: z.string().optional(),
    })
    .optional(),
  fields: z
    .array(
      z.strictObject({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().optional() }),
    )
    .max(25)
    .optional(),
});

const common = {
  // discord.js says both with every message, also where they mean nothing.
  tts: z.literal(false).optional(),
  enforce_nonce: z.literal(false).optional(),
  content: text(0, CONTENT).nullish(),
  embeds: z.array(embed).max(EMBEDS).nullish(),
  // Checked once it is clear whether the message is of the new kind.
  components: z.array(z.unknown()).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  flags: z.int().min(0).nullish(),
  attachments: z
    .array(
      z.strictObject({
        id: z.union([z.string(), z.int()]),
        filename: z.string().optional(),
        description: text(0, 1024).nullish(),
      }),
    )
    .max(FILES)
    .nullish(),
};
/** What each way of making a message takes. */
export const messageForms = {
  create: z.strictObject({
    ...common,
    nonce: z.union([text(0, NONCE_LENGTH), z.int()]).nullish(),
    enforce_nonce: z.boolean().nullish(),
    message_reference: z
      .strictObject({
        type: z.literal(0).optional(),
        message_id: snowflake,
        channel_id: snowflake.optional(),
        guild_id: snowflake.optional(),
        fail_if_not_exists: z.boolean().optional(),
      })
      .nullish(),
  }),
  edit: z.strictObject(common),
  answer: z.strictObject(common),
};
type CommonForm = Omit<z.output<typeof messageForms.edit>, "tts" | "enforce_nonce">;

/** "Message Flags": those that may be set by an app. */
const settable = {
  create: flags.suppressEmbeds | flags.silent | flags.v2,
  answer: flags.suppressEmbeds | flags.silent | flags.ephemeral | flags.v2,
  edit: flags.suppressEmbeds | flags.v2,
};

export interface Content {
  readonly content: string;
  readonly embeds: Json[];
  readonly components: Json[];
  readonly attachments: Attachment[];
  readonly flags: number;
  readonly allowed: AllowedMentions | undefined;
}

/** What a new message consists of, or 50035, 50006, 40005. */
export function newContent(
  world: World,
  form: CommonForm,
  files: readonly UploadedFile[],
  kind: "create" | "answer",
): Content {
  checkFlags(form.flags ?? 0, settable[kind]);
  return whole(form, attach(world, form, files, []), form.flags ?? 0, undefined);
}

/** What a message consists of after a change: what the form leaves out stays. */
export function changedContent(
  world: World,
  form: CommonForm,
  files: readonly UploadedFile[],
  message: Message,
): Content {
  checkFlags(form.flags ?? 0, settable.edit | message.flags);
  const attachments = attach(world, form, files, message.attachments);
  // Flag 1 << 15 cannot be taken back ("Component Reference", section on components V2).
  const kept = form.flags == null ? message.flags : message.flags & ~flags.suppressEmbeds;
  return whole(form, attachments, kept | (form.flags ?? 0), message);
}

function whole(
  form: CommonForm,
  attachments: Attachment[],
  bits: number,
  before: Message | undefined,
): Content {
  const content = form.content === undefined ? (before?.content ?? "") : (form.content ?? "");
  const embeds = form.embeds === undefined ? (before?.embeds ?? []) : (form.embeds ?? []);
  const v2 = (bits & flags.v2) !== 0;
  if (v2 && content !== "") throw notWithV2("content");
  if (v2 && embeds.length > 0) throw notWithV2("embeds");
  const names = attachments.map(({ filename }) => filename);
  const components =
    form.components === undefined
      ? (before?.components ?? [])
      : checkComponents(form.components ?? [], v2, names);
  if (v2) checkShown(components, names);
  const parts = embeds.length + components.length + (v2 ? 0 : attachments.length);
  if (content.trim() === "" && parts === 0) throw refused("empty");
  return {
    content,
    embeds,
    components,
    attachments,
    flags: bits,
    allowed: form.allowed_mentions ?? undefined,
  };
}

function notWithV2(field: string) {
  return formError(
    [field],
    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  );
}

function checkFlags(bits: number, allowed: number): void {
  if ((bits & ~allowed) === 0) return;
  throw formError(
    ["flags"],
    "MESSAGE_FLAGS_INVALID",
    `These flags cannot be set: ${bits & ~allowed}.`,
  );
}

/** Files of the request, and of those that were there before the ones that the form names. */
function attach(
  world: World,
  form: CommonForm,
  files: readonly UploadedFile[],
  before: readonly Attachment[],
): Attachment[] {
  if (files.length > FILES) throw formError(["files"], "BASE_TYPE_MAX_LENGTH", "Too many files.");
  if (files.some(({ bytes }) => bytes.length > FILE_BYTES)) throw refused("tooLarge");
  const named = form.attachments ?? undefined;
  for (const [index, { filename }] of files.entries()) {
    // Discord renames them, and then no component shows them.
    if (/^[\w.-]+$/.test(filename)) continue;
    throw formError(["files", index], "FILENAME_CHANGED", `"${filename}" would be renamed.`);
  }
  for (const [index, { id }] of (named ?? []).entries()) {
    const known = [...before.map((file) => file.id), ...files.map((file) => file.index)];
    if (known.includes(String(id))) continue;
    throw formError(
      ["attachments", index, "id"],
      "ATTACHMENT_NOT_FOUND",
      `There is no file ${id}.`,
    );
  }
  const kept =
    named === undefined
      ? before
      : before.filter(({ id }) => named.some((entry) => String(entry.id) === id));
  const added = files.map(({ index, filename, contentType, bytes }) => {
    const entry = named?.find(({ id }) => String(id) === index);
    return {
      id: world.ids.snowflake(),
      filename: entry?.filename ?? filename,
      description: entry?.description ?? undefined,
      contentType,
      bytes,
    };
  });
  return [...kept, ...added];
}

/** Only what the form allows; `form` is one of `messageForms`. */
export const messageBody = <Form extends z.ZodType>(
  form: Form,
  body: unknown,
  at: readonly string[] = [],
): z.output<Form> => parseForm(form, body ?? {}, at);
