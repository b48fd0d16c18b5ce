/** A view as Slack returns it and sends it with interactions. */
import type { Json, View } from "./model.ts";
import type { World } from "./world.ts";

export function viewJson(world: World, view: View): Json {
  const content = view.content;
  return {
    id: view.id,
    team_id: view.team.workspaceId,
    type: view.type,
    blocks: content.blocks ?? [],
    private_metadata: content.private_metadata ?? "",
    callback_id: content.callback_id ?? "",
    external_id: view.externalId ?? "",
    state: { values: stateOf(view) },
    hash: view.hash,
    title: content.title ?? { type: "plain_text", text: "View Title", emoji: true },
    close: content.close ?? null,
    submit: content.submit ?? null,
    clear_on_close: content.clear_on_close ?? false,
    notify_on_close: content.notify_on_close ?? false,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: world.app.id,
    app_installed_team_id: view.team.workspaceId,
    bot_id: view.team.bot.id,
  };
}

/** Every input of the view: what was typed or chosen, else its initial value, else null. */
function stateOf(view: View): Json {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { blockId, element } of inputsOf(view)) {
    const actionId = String(element.action_id);
    const typed = view.typed.get(blockId)?.get(actionId);
    values[blockId] = { ...values[blockId], [actionId]: typed ?? initialOf(element) };
  }
  return values;
}

export interface Input {
  readonly blockId: string;
  readonly block: Json;
  readonly element: Json;
}

/** The input blocks of a view. */
export function inputsOf(view: View): Input[] {
  const blocks = view.content.blocks;
  return (Array.isArray(blocks) ? blocks : [])
    .filter((block) => block?.type === "input")
    .map((block) => ({ blockId: String(block.block_id), block, element: block.element }));
}

function initialOf(element: Json): Json {
  const type = String(element.type);
  switch (type) {
    case "plain_text_input":
      return { type, value: element.initial_value ?? null };
    case "checkboxes":
    case "multi_static_select":
      return { type, selected_options: element.initial_options ?? [] };
    default:
      return { type, selected_option: element.initial_option ?? null };
  }
}
