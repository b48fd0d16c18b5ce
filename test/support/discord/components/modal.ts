/** Modals ("Component Reference", section on modals; "Receiving and Responding", section on modals). */
import { z } from "zod";
import { parseForm, rule, text } from "../form.ts";
import type { Json } from "../model.ts";
import {
  checkOptions,
  checkRequired,
  customId,
  id,
  kinds,
  providedSelectsInModal,
  stringSelectInModal,
  textDisplay,
} from "./parts.ts";
import { checkWhole } from "./rules.ts";

/** "Text Input": lengths 0–4000 and 1–4000, value 4000, placeholder 100 characters. */
const inputFields = {
  type: z.literal(kinds.textInput),
  id,
  custom_id: customId,
  style: z.union([z.literal(1), z.literal(2)]),
  min_length: z.int().min(0).max(4000).optional(),
  max_length: z.int().min(1).max(4000).optional(),
  required: z.boolean().optional(),
  value: text(0, 4000).optional(),
  placeholder: text(0, 100).optional(),
};

interface Lengths {
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly value?: string | undefined;
}
function checkLengths(
  { min_length = 0, max_length = 4000, value }: Lengths,
  context: z.core.$RefinementCtx,
) {
  if (min_length > max_length) {
    rule(context, ["min_length"], "TEXT_INPUT_COMPONENT_LENGTHS", "More than max_length.");
  }
  if (value !== undefined && value.length > max_length) {
    rule(context, ["value"], "BASE_TYPE_BAD_LENGTH", `Must be at most ${max_length} in length.`);
  }
}

const textInput = z.strictObject(inputFields).superRefine(checkLengths);
/** The old way, with a label of its own of 45 characters. */
const row = z.strictObject({
  type: z.literal(kinds.row),
  id,
  components: z
    .array(z.strictObject({ ...inputFields, label: text(1, 45) }).superRefine(checkLengths))
    .length(1),
});

/** "Radio Group" 2–10 options, "Checkbox Group" 1–10, each with texts of 100 characters. */
const choice = z.strictObject({
  value: text(1, 100),
  label: text(1, 100),
  description: text(1, 100).optional(),
  default: z.boolean().optional(),
});
const required = z.boolean().optional();
const radioGroup = z
  .strictObject({
    type: z.literal(kinds.radioGroup),
    id,
    custom_id: customId,
    options: z.array(choice).min(2).max(10),
    required,
  })
  .superRefine(checkOptions);
const checkboxGroup = z
  .strictObject({
    type: z.literal(kinds.checkboxGroup),
    id,
    custom_id: customId,
    options: z.array(choice).min(1).max(10),
    min_values: z.int().min(0).max(10).optional(),
    max_values: z.int().min(1).max(10).optional(),
    required,
  })
  .superRefine(({ options, min_values, max_values = options.length }, context) =>
    checkOptions({ options, min_values, max_values }, context),
  )
  .superRefine(checkRequired);
const checkbox = z.strictObject({
  type: z.literal(kinds.checkbox),
  id,
  custom_id: customId,
  default: z.boolean().optional(),
});

/** "Label": 45 characters, description 100. */
const label = z.strictObject({
  type: z.literal(kinds.label),
  id,
  label: text(1, 45),
  description: text(1, 100).optional(),
  component: z.discriminatedUnion("type", [
    textInput,
    stringSelectInModal,
    ...providedSelectsInModal,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});

/** "Receiving and Responding", section on modals: custom_id 100, title 45, one to five components. */
const modal = z.strictObject({
  custom_id: customId,
  title: text(1, 45),
  components: z
    .array(z.discriminatedUnion("type", [label, row, textDisplay]))
    .min(1)
    .max(5),
});

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Json[];
}

/** The modal, or 50035. */
export function checkModal(value: unknown): Modal {
  const parsed = parseForm(modal, value, ["data"]);
  checkWhole(parsed.components, []);
  return parsed;
}
