/** Our forms as modals: https://docs.discord.com/developers/components/reference. Pure. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import type { Form, FormField } from "../../../src/platform.ts";
import { clean, cut, oneLine } from "../../common/text.ts";
import { customIdOf } from "./custom-id.ts";
import { textDisplay } from "./layout.ts";
import { literal } from "./markdown.ts";

/** docs: interactions/receiving-and-responding, "Modal". */
const TITLE = 45;
const FIELDS = 5;
/** "Text Display": of the 4000 that all of them have. */
const NOTICE = 1000;
/** "Label". */
const LABEL = 45;
const DESCRIPTION = 100;
/** "Text Input". */
const INPUT = 4000;
/** "String Select": options, and label and value of each. */
const OPTIONS = 25;
const OPTION = 100;

/**
 * A form as a modal; its custom id is that of the button that sends it, its fields have their names.
 * @throws RangeError when the token does not fit into a custom id.
 */
export function renderForm(
  form: Form,
  { guildId }: { readonly guildId?: string } = {},
): APIModalInteractionResponseCallbackData {
  const id = customIdOf(form.submit, guildId);
  if (id === undefined) throw new RangeError("a form's token is none");
  const title = cut(oneLine(form.title), TITLE) || "…";
  const notice = literal(cut(clean(form.notice ?? ""), NOTICE));
  const above = notice.trim() === "" ? [] : [textDisplay(notice)];
  const fields = form.fields.slice(0, FIELDS - above.length).map(inputFor);
  const components = [...above, ...fields];
  // A modal has to have something in it.
  if (components.length === 0) components.push(textDisplay(literal(title)));
  return { custom_id: id, title, components };
}

/**
 * What is wrong stands below the label, else a hint; a question that is too long for a label begins in
 * it and stands in full below it.
 */
function inputFor(field: FormField): APILabelComponent {
  const label = oneLine(field.label) || "…";
  const wrong = field.problem === undefined ? undefined : `⚠️ ${field.problem}`;
  const below = cut(
    oneLine(wrong ?? (label.length > LABEL ? label : (field.hint ?? ""))),
    DESCRIPTION,
  );
  return {
    type: ComponentType.Label,
    label: cut(label, LABEL),
    ...(below === "" ? {} : { description: below }),
    component: optionsOf(field).length > 0 ? selectFor(field) : textFor(field),
  };
}

function textFor({
  name,
  multiline,
  required,
  maxLength,
  value,
}: FormField): APITextInputComponent {
  const longest = Math.min(Math.max(maxLength, 1), INPUT);
  const typed = cut(clean(value ?? ""), longest);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: longest,
    ...(typed === "" ? {} : { value: typed }),
  };
}

/** Without `min_values` Discord asks for one even where none is required. */
function selectFor(field: FormField): APIStringSelectComponent {
  const { name, required, many } = field;
  const options = optionsOf(field);
  return {
    type: ComponentType.StringSelect,
    custom_id: name,
    options,
    required,
    min_values: required ? 1 : 0,
    max_values: many ? options.length : 1,
  };
}

/** Discord refuses a value that is there twice, and one that is no value. */
function optionsOf({ choices = [], value: was = "", many }: FormField): APISelectMenuOption[] {
  const chosen = many ? was.split(",") : [was];
  const byValue = new Map<string, APISelectMenuOption>();
  for (const { label, value } of choices) {
    if (value === "" || value.length > OPTION || byValue.has(value)) continue;
    const shown = cut(oneLine(label) || "…", OPTION);
    byValue.set(value, {
      label: shown,
      value,
      ...(chosen.includes(value) ? { default: true } : {}),
    });
  }
  return [...byValue.values()].slice(0, OPTIONS);
}
