/** Our own page in Slack, our forms, and what comes back from them. Pure. */
import type { types } from "@slack/bolt";
import { z } from "zod";
import type { Form, FormField, Message } from "../../../src/platform.ts";
import { clean, cut, oneLine } from "../../common/text.ts";
import { fittingBlocks, type Room } from "../render.ts";
import { plainText } from "./texts.ts";

/** https://docs.slack.dev/reference/views: 100 blocks; views.publish: 250 kB, of up to 4 a letter. */
const VIEW_ROOM: Room = { blocks: 100, characters: 60_000 };
/** https://docs.slack.dev/reference/views/modal-views: title, submit and close. */
const VIEW_TITLE = 24;
const PRIVATE_METADATA = 3000;
/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
const INPUT_LABEL = 2000;
const INPUT_HINT = 2000;
/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const INPUT_TEXT = 3000;
const SECTION_TEXT = 3000;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const SELECT_OPTIONS = 100;
/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object: `text`. */
const OPTION_TEXT = 75;

/** Submissions of our forms carry it. */
export const FORM_CALLBACK = "aftertalk_form";
/** The one input of each block; the block has the name of the field. */
const INPUT_ACTION = "value";

/** The page that opens under our name, as `views.publish` takes it. */
export function renderHome(message: Message): types.HomeView {
  return { type: "home", blocks: fittingBlocks(message.parts, VIEW_ROOM) };
}

/**
 * A form as a modal. `origin` (at most 500 characters) comes back with what was typed; without
 * `closeLabel` Slack writes "Cancel" in English.
 * @throws RangeError when token and origin do not fit into the view.
 */
export function renderForm(form: Form, origin: string, closeLabel?: string): types.ModalView {
  const metadata = JSON.stringify({ token: form.submit.token, origin });
  if (metadata.length > PRIVATE_METADATA) throw new RangeError("a form's origin is too long");
  return {
    type: "modal",
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: shortText(form.title),
    submit: shortText(form.submit.label),
    ...closing(closeLabel),
    blocks: [...titleBlocks(form), ...noticeBlocks(form), ...form.fields.map(inputBlock)],
  };
}

/** A title that Slack would cut stands in full above the fields. */
function titleBlocks({ title }: Form): types.SectionBlock[] {
  const whole = oneLine(title);
  if (whole.length <= VIEW_TITLE) return [];
  return [{ type: "section", text: plainText(cut(whole, SECTION_TEXT)) }];
}

function noticeBlocks({ notice }: Form): types.SectionBlock[] {
  const text = plainText(cut(clean(notice ?? ""), SECTION_TEXT) || "…");
  return notice === undefined ? [] : [{ type: "section", text }];
}

/**
 * What is wrong with the fields of a form that was sent, by their names, as `response_action: errors`
 * shows it beneath them; undefined when nothing is.
 */
export function problemsOf({ fields }: Form): Record<string, string> | undefined {
  const wrong = fields.flatMap(({ name, problem }) =>
    problem === undefined ? [] : [[name, cut(oneLine(problem), INPUT_HINT) || "…"] as const],
  );
  return wrong.length === 0 ? undefined : Object.fromEntries(wrong);
}

/** What stands there while the form is being made: a trigger is good for three seconds only. */
export function loadingView(title: string, text: string, closeLabel?: string): types.ModalView {
  return {
    type: "modal",
    title: shortText(title),
    ...closing(closeLabel),
    blocks: [{ type: "section", text: plainText(cut(clean(text), SECTION_TEXT) || "…") }],
  };
}

/** What was typed into a form of ours. */
export interface Submitted {
  /** Of the button that sends the form. */
  readonly token: string;
  /** By the name of the field; an empty field is "". */
  readonly values: Readonly<Record<string, string>>;
  readonly origin: string;
}

/** Of an input or a select; empty: null, or not there. */
const entered = z
  .object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).nullish(),
  })
  .transform(
    ({ value, selected_option, selected_options }) =>
      selected_options?.map((option) => option.value).join(",") ??
      selected_option?.value ??
      value ??
      "",
  );

const submission = z.object({
  view: z.object({
    callback_id: z.literal(FORM_CALLBACK),
    private_metadata: z
      .string()
      .transform(parseJson)
      .pipe(z.object({ token: z.string(), origin: z.string() })),
    state: z.object({
      values: z.record(z.string(), z.object({ [INPUT_ACTION]: entered })),
    }),
  }),
});

/** Reads a `view_submission`; undefined for a view that is no form of ours. */
export function readForm(body: unknown): Submitted | undefined {
  const parsed = submission.safeParse(body);
  if (!parsed.success) return undefined;
  const { private_metadata: kept, state } = parsed.data.view;
  const typed = Object.entries(state.values).map(
    ([name, input]) => [name, input[INPUT_ACTION] ?? ""] as const,
  );
  return { token: kept.token, origin: kept.origin, values: Object.fromEntries(typed) };
}

type Choices = NonNullable<FormField["choices"]>;

function inputBlock(field: FormField): types.InputBlock {
  const { choices = [], problem, hint } = field;
  const below = problem === undefined ? hint : `⚠️ ${problem}`;
  return {
    type: "input",
    block_id: field.name,
    optional: !field.required,
    label: plainText(cut(oneLine(field.label), INPUT_LABEL) || "…"),
    ...(below === undefined ? {} : { hint: plainText(cut(oneLine(below), INPUT_HINT) || "…") }),
    element: choices.length === 0 ? textElement(field) : selectElement(field, choices),
  };
}

function textElement({ maxLength, multiline, value = "" }: FormField): types.PlainTextInput {
  const longest = Math.min(Math.max(maxLength, 1), INPUT_TEXT);
  const text = cut(clean(value), longest);
  return {
    type: "plain_text_input",
    action_id: INPUT_ACTION,
    multiline,
    max_length: longest,
    ...(text === "" ? {} : { initial_value: text }),
  };
}

/** What is chosen already must be one of the options, word for word. */
function selectElement(
  { value = "", many }: FormField,
  choices: Choices,
): types.StaticSelect | types.MultiStaticSelect {
  const options = choices.slice(0, SELECT_OPTIONS).map((choice) => ({
    text: plainText(cut(oneLine(choice.label), OPTION_TEXT) || "…"),
    value: choice.value,
  }));
  if (many) {
    const wanted = value.split(",");
    const chosen = options.filter((option) => wanted.includes(option.value));
    return {
      type: "multi_static_select",
      action_id: INPUT_ACTION,
      options,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    };
  }
  const chosen = options.find((option) => option.value === value);
  return {
    type: "static_select",
    action_id: INPUT_ACTION,
    options,
    ...(chosen === undefined ? {} : { initial_option: chosen }),
  };
}

function closing(label: string | undefined): { close?: types.PlainTextElement } {
  return label === undefined ? {} : { close: shortText(label) };
}

function shortText(text: string): types.PlainTextElement {
  return plainText(cut(oneLine(text), VIEW_TITLE) || "…");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not ours
  }
}
