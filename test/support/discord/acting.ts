/** Pressing buttons, choosing from menus, filling in modals. */
import { kinds } from "./components/parts.ts";
import { walk } from "./components/rules.ts";
import { type Answer, interactionTypes } from "./interactions.ts";
import { isThread, type Json, type Message, type User } from "./model.ts";
import { labelOf, optionsOf } from "./seen.ts";
import { channelJson, memberJson, userJson } from "./wire.ts";
import type { World } from "./world.ts";

/** Presses a button by its label, emoji or custom_id. */
export async function press(
  world: World,
  user: User,
  message: Message,
  what: string,
): Promise<Answer> {
  const all = interactive(message).filter(({ type }) => type === kinds.button);
  const button =
    all.find((one) => labelOf(one) === what) ?? all.find((one) => one.custom_id === what);
  if (button === undefined) {
    throw new Error(`There is no button "${what}", only: ${all.map(labelOf).join(" | ")}`);
  }
  if (button.disabled === true) throw new Error(`The button "${what}" is disabled.`);
  if (button.style === 5) throw new Error(`The button "${what}" is a link.`);
  return await sendComponent(world, user, message, button, {});
}

/** Chooses entries of a menu, by label or value; of those that Discord fills, by id. */
export async function choose(
  world: World,
  user: User,
  message: Message,
  what: readonly string[],
  menu?: string,
): Promise<Answer> {
  const all = interactive(message).filter(({ type }) => isSelect(type));
  const select = all.find(
    ({ custom_id, placeholder }) =>
      menu === undefined || custom_id === menu || placeholder === menu,
  );
  if (select === undefined) throw new Error("There is no such menu.");
  if (select.disabled === true) throw new Error("The menu is disabled.");
  const values = what.map((entry) => valueIn(select, entry));
  checkCount(select, values.length);
  const resolved = resolvedIn(world, message, select, values);
  return await sendComponent(world, user, message, select, { values, ...resolved });
}

function sendComponent(
  world: World,
  user: User,
  message: Message,
  component: Json,
  more: Json,
): Promise<Answer> {
  const { channel } = message;
  if (isThread(channel) && channel.thread.archived) {
    throw new Error("Nothing can be pressed in an archived thread.");
  }
  const { custom_id, type, id } = component;
  return world.interactions.send({
    type: interactionTypes.component,
    channel,
    user,
    message,
    data: { custom_id, component_type: type, id, ...more },
  });
}

const interactive = (message: Message) =>
  walk(message.components, []).map(({ component }) => component);

const isSelect = (type: unknown) =>
  type === kinds.stringSelect ||
  (typeof type === "number" && type >= kinds.userSelect && type <= kinds.channelSelect);

function valueIn(component: Json, entry: string): string {
  if (component.type !== kinds.stringSelect && optionsOf(component).length === 0) return entry;
  const options = optionsOf(component);
  const found =
    options.find(({ label }) => label === entry) ?? options.find(({ value }) => value === entry);
  if (found !== undefined) return String(found.value);
  throw new Error(`There is no entry "${entry}", only: ${options.map(labelOf).join(" | ")}`);
}

function checkCount({ min_values = 1, max_values = 1 }: Json, chosen: number): void {
  if (chosen < Number(min_values) || chosen > Number(max_values)) {
    throw new Error(`Between ${min_values} and ${max_values} entries can be chosen.`);
  }
}

/** "Resolved Data": what stands behind the ids. */
function resolvedIn(world: World, message: Message, { type }: Json, ids: readonly string[]): Json {
  if (type === kinds.stringSelect) return {};
  const { guild } = message.channel;
  const pick = <Thing>(find: (id: string) => Thing | undefined, show: (thing: Thing) => Json) =>
    Object.fromEntries(
      ids.flatMap((id) => {
        const thing = find(id);
        return thing === undefined ? [] : [[id, show(thing)]];
      }),
    );
  return {
    resolved: {
      users: pick((id) => world.state.users.get(id), userJson),
      members: pick(
        (id) => guild?.members.get(id),
        (member) => memberJson(member, false),
      ),
      roles: pick(
        (id) => guild?.roles.get(id),
        ({ id, name }) => ({ id, name }),
      ),
      channels: pick((id) => world.state.channels.get(id), channelJson),
    },
  };
}

/** Submits the open modal; fields by label or custom_id, texts or labels of entries. */
export async function submit(
  world: World,
  user: User,
  given: Readonly<Record<string, string | readonly string[] | boolean>>,
): Promise<Answer> {
  const opened = world.interactions.openModal(user);
  if (opened?.modal === undefined) throw new Error(`${user.name} has no modal open.`);
  const { modal, channel, message } = opened;
  const fields = walk(modal.components, []).filter(({ component }) => "custom_id" in component);
  const known = new Set<string>();
  const components = modal.components.map((outer, index) => {
    const inner = (outer.component ??
      (Array.isArray(outer.components) ? outer.components[0] : undefined)) as Json | undefined;
    if (inner === undefined) return { type: outer.type, id: index + 1 };
    const names = [outer.label, inner.label, inner.custom_id].filter(
      (name) => typeof name === "string",
    );
    const name = names.find((candidate) => candidate in given);
    if (name !== undefined) known.add(name);
    const filled = {
      type: inner.type,
      id: index + 101,
      custom_id: inner.custom_id,
      ...fill(inner, name === undefined ? undefined : given[name]),
    };
    return outer.type === kinds.row
      ? { type: outer.type, id: index + 1, components: [filled] }
      : { type: outer.type, id: index + 1, component: filled };
  });
  const unknown = Object.keys(given).filter((name) => !known.has(name));
  if (unknown.length > 0 || fields.length === 0) throw new Error(`There is no field ${unknown}.`);
  world.interactions.closeModal(user);
  return await world.interactions.send({
    type: interactionTypes.modal,
    channel,
    user,
    message,
    data: { custom_id: modal.custom_id, components },
  });
}

type Given = string | readonly string[] | boolean | undefined;

/** What the client sends for a field, or an error where it would not let the person send it. */
function fill(field: Json, given: Given): Json {
  if (field.type === kinds.textInput) return { value: typed(field, given) };
  if (field.type === kinds.checkbox) return { value: given ?? field.default ?? false };
  const chosen =
    given === undefined
      ? defaultsOf(field)
      : [given].flat().map((entry) => valueIn(field, String(entry)));
  const needed = field.required !== false;
  if (needed && chosen.length === 0) throw new Error("This field has to be filled in.");
  if (field.type === kinds.radioGroup) return { value: chosen[0] ?? null };
  const most =
    field.type === kinds.checkboxGroup
      ? (field.max_values ?? optionsOf(field).length)
      : field.max_values;
  if (chosen.length > 0) checkCount({ ...field, max_values: most ?? 1 }, chosen.length);
  return { values: chosen };
}

const defaultsOf = (field: Json) =>
  optionsOf(field)
    .filter((option) => option.default === true)
    .map(({ value }) => String(value));

function typed(
  { value = "", required, min_length: least = 0, max_length: most = 4000 }: Json,
  given: Given,
): string {
  const text = typeof given === "string" ? given : String(value);
  if (required !== false && text === "") throw new Error("This field has to be filled in.");
  if (text !== "" && text.length < Number(least)) throw new Error(`At least ${least} characters.`);
  if (text.length > Number(most)) throw new Error(`At most ${most} characters.`);
  return text;
}
