/** Submitting and closing a modal, with what Slack's client checks before anything is sent. */
import type { Answer } from "./deliveries.ts";
import { textOf } from "./elements.ts";
import { viewClosed, viewSubmission } from "./interactions.ts";
import { checkedView } from "./methods/views.ts";
import type { Json, Member, View } from "./model.ts";
import { noteProblem } from "./problems.ts";
import { Refusal } from "./refusal.ts";
import { type Input, inputsOf } from "./view-wire.ts";
import type { World } from "./world.ts";

/** Submitting can also end in the client: a required field is empty, a text too long. */
export type Submitted =
  | Answer
  /** By block id: what the client, or the app by `response_action: errors`, said. */
  | { readonly outcome: "not accepted"; readonly errors: Readonly<Record<string, string>> };

export async function submitModal(
  world: World,
  member: Member,
  values: Readonly<Record<string, string>>,
): Promise<Submitted> {
  const view = member.stack.at(-1);
  if (view === undefined) throw new Error(`${member.name} has no modal open.`);
  if (view.content.submit === undefined) throw new Error("This modal has no submit button.");
  typeInto(view, values);
  const errors = clientErrors(view);
  if (Object.keys(errors).length > 0) return { outcome: "not accepted", errors };
  const answer = await world.deliveries.interact(
    "interactive",
    viewSubmission(world, member, view),
  );
  if (answer.outcome !== "acknowledged") return answer;
  return applyResponse(world, member, view, answer);
}

/** Fields are found by label, action id or block id. */
function typeInto(view: View, values: Readonly<Record<string, string>>): void {
  const inputs = inputsOf(view);
  for (const [name, value] of Object.entries(values)) {
    const input = inputs.find(
      ({ blockId, block, element }) =>
        blockId === name || element.action_id === name || textOf(block.label) === name,
    );
    if (input === undefined) throw new Error(`This modal has no field ${name}.`);
    const actionId = String(input.element.action_id);
    const typed = view.typed.get(input.blockId) ?? new Map<string, Json>();
    view.typed.set(input.blockId, typed.set(actionId, chosenValue(input, value)));
  }
}

function chosenValue({ element }: Input, value: string): Json {
  const type = String(element.type);
  if (type === "plain_text_input") return { type, value: value === "" ? null : value };
  const options: readonly Json[] = Array.isArray(element.options) ? element.options : [];
  const find = (wanted: string) => {
    const found = options.find(
      (option) => option.value === wanted || textOf(option.text) === wanted,
    );
    if (found === undefined) throw new Error(`There is no choice ${wanted}.`);
    return found;
  };
  const many = type === "checkboxes" || type === "multi_static_select";
  if (!many) return { type, selected_option: find(value) };
  return { type, selected_options: value === "" ? [] : value.split(",").map(find) };
}

function clientErrors(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { blockId, block, element } of inputsOf(view)) {
    const typed = view.typed.get(blockId)?.get(String(element.action_id));
    const value = typed?.value ?? element.initial_value;
    const text = typeof value === "string" ? value : "";
    const empty =
      element.type === "plain_text_input" ? text === "" : !isChosen({ ...element, ...typed });
    const { max_length: most, min_length: least } = element;
    if (empty && block.optional !== true) errors[blockId] = "This is a required field.";
    else if (typeof most === "number" && text.length > most) errors[blockId] = "Too long.";
    else if (typeof least === "number" && !empty && text.length < least) {
      errors[blockId] = "Too short.";
    }
  }
  return errors;
}

/** What was chosen goes before what was chosen at the beginning. */
function isChosen(input: Json): boolean {
  const several = input.selected_options ?? input.initial_options;
  if (Array.isArray(several)) return several.length > 0;
  return (input.selected_option ?? input.initial_option) !== undefined;
}

/** "Modals", section on response_action: errors, update, push, clear, or the view closes. */
function applyResponse(world: World, member: Member, view: View, answer: Answer): Submitted {
  const payload = answer.outcome === "acknowledged" ? answer.payload : undefined;
  const body: Json = typeof payload === "object" && payload !== null ? { ...payload } : {};
  const next = body.view;
  try {
    switch (body.response_action) {
      case "errors":
        return { outcome: "not accepted", errors: errorsOf(view, body.errors) };
      case "update":
        world.views.update(view, undefined, checkedView(world, view.team, viewIn(next), "modal"));
        break;
      case "push":
        world.views.push(
          view.team,
          member,
          view.id,
          checkedView(world, view.team, viewIn(next), "modal"),
        );
        break;
      case "clear":
        member.stack = [];
        break;
      case undefined:
        member.stack = member.stack.filter((open) => open !== view);
        break;
      default:
        throw new Refusal("invalid_arguments");
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteProblem(world, "view_submission response", error);
    return { outcome: "failed", reason: error.error };
  }
  return answer;
}

const viewIn = (value: unknown): Json =>
  typeof value === "object" && value !== null ? { ...value } : {};

function errorsOf(view: View, value: unknown): Record<string, string> {
  const known = new Set(inputsOf(view).map(({ blockId }) => blockId));
  const errors: Record<string, string> = {};
  for (const [blockId, words] of Object.entries(viewIn(value))) {
    // An error at a block that is no input is refused by Slack and shown to nobody.
    if (!known.has(blockId)) throw new Refusal("invalid_arguments");
    errors[blockId] = String(words);
  }
  return errors;
}

/** "×" closes the whole stack, Cancel the top view; the app hears of it where it asked to. */
export async function closeModal(world: World, member: Member, all: boolean): Promise<void> {
  const view = member.stack.at(-1);
  if (view === undefined) throw new Error(`${member.name} has no modal open.`);
  member.stack = all ? [] : member.stack.slice(0, -1);
  if (view.content.notify_on_close !== true) return;
  await world.deliveries.interact("interactive", viewClosed(world, member, view, all));
}
