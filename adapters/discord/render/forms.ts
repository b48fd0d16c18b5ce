/** Our forms as modals: https://docs.discord.com/developers/components/reference. Pure. */
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from "discord.js";
import type { Form } from "../../../src/platform.ts";
import { clean, cut, oneLine } from "../../common/text.ts";
import { customIdOf } from "./custom-id.ts";
import { textDisplay } from "./layout.ts";
import { literal } from "./markdown.ts";

/** docs: interactions/receiving-and-responding, "Modal". */
const TITLE = 45;
const FIELDS = 5;
/** "Label". */
const LABEL = 45;
const DESCRIPTION = 100;
/** "Text Input". */
const INPUT = 4000;

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
  const fields = form.fields.slice(0, FIELDS).map(inputFor);
  const title = cut(oneLine(form.title), TITLE) || "…";
  // A modal has to have something in it.
  const components = fields.length > 0 ? fields : [textDisplay(literal(title))];
  return { custom_id: id, title, components };
}

/** A question that is too long for a label begins in it and stands in full below it. */
function inputFor(field: Form["fields"][number]): APILabelComponent {
  const label = oneLine(field.label) || "…";
  const longest = Math.min(Math.max(field.maxLength, 1), INPUT);
  const value = cut(clean(field.value ?? ""), longest);
  return {
    type: ComponentType.Label,
    label: cut(label, LABEL),
    ...(label.length > LABEL ? { description: cut(label, DESCRIPTION) } : {}),
    component: {
      type: ComponentType.TextInput,
      custom_id: field.name,
      style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required: field.required,
      max_length: longest,
      ...(value === "" ? {} : { value }),
    },
  };
}
