/** Views: the modal stack of a person and the App Home ("Modals", "App Home"). */
import { createHash } from "node:crypto";
import type { Ids } from "./ids.ts";
import { VIEW_STACK } from "./limits.ts";
import type { Json, Member, Team, View } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { State } from "./state.ts";
import type { Timeline } from "./time.ts";

export interface Views {
  open(team: Team, member: Member, content: Json): View;
  push(team: Team, member: Member, onto: string | undefined, content: Json): View;
  update(view: View, hash: string | undefined, content: Json): View;
  publish(team: Team, member: Member, hash: string | undefined, content: Json): View;
  /** By id, or by the id that the app gave. */
  find(team: Team, id: string | undefined, externalId: string | undefined): View | undefined;
}

/** `findable` members: views live with the person who looks at them. */
export function createViews(ids: Ids, timeline: Timeline, state: State): Views {
  const members = () => [...state.teams.values()].flatMap((team) => [...team.members.values()]);
  const newHash = (id: string) =>
    `${Math.floor(timeline.now() / 1000)}.${createHash("sha1")
      .update(id + timeline.ts())
      .digest("hex")
      .slice(0, 8)}`;
  const make = (team: Team, member: Member, content: Json, below: View | undefined): View => {
    const id = ids.next("V");
    const external = content.external_id;
    return {
      id,
      externalId: typeof external === "string" && external !== "" ? external : undefined,
      type: content.type === "home" ? "home" : "modal",
      team,
      user: member.id,
      rootId: below?.rootId ?? id,
      previousId: below?.id,
      hash: newHash(id),
      content: withBlockIds(content),
      typed: new Map(),
    };
  };
  const views: Views = {
    open(team, member, content) {
      // views.open shows a new stack in place of what the person had open.
      const view = make(team, member, content, undefined);
      member.stack = [view];
      return view;
    },
    push(team, member, onto, content) {
      if (onto === undefined || !member.stack.some(({ id }) => id === onto)) {
        throw new Refusal("invalid_trigger_id");
      }
      if (member.stack.length >= VIEW_STACK) throw new Refusal("push_limit_reached");
      const view = make(team, member, content, member.stack.at(-1));
      member.stack = [...member.stack, view];
      return view;
    },
    update(view, hash, content) {
      if (hash !== undefined && hash !== view.hash) throw new Refusal("hash_conflict");
      view.content = withBlockIds(content);
      view.hash = newHash(view.id);
      keepTyped(view);
      return view;
    },
    publish(team, member, hash, content) {
      const home = member.home;
      if (home === undefined) {
        member.home = make(team, member, content, undefined);
        return member.home;
      }
      return views.update(home, hash, content);
    },
    find: (team, id, externalId) =>
      members()
        .flatMap((member) => [...member.stack, ...(member.home ? [member.home] : [])])
        .find(
          (view) =>
            view.team === team &&
            (id !== undefined ? view.id === id : view.externalId === externalId),
        ),
  };
  return views;
}

/** Slack fills in a block_id where the app gave none. */
function withBlockIds(content: Json): Json {
  const blocks = content.blocks;
  return Array.isArray(blocks) ? { ...content, blocks: fillBlockIds(blocks) } : content;
}

export function fillBlockIds(blocks: readonly unknown[]): Json[] {
  return blocks.map((block, index) => {
    const known = typeof block === "object" && block !== null ? { ...block } : {};
    return "block_id" in known ? known : { ...known, block_id: `b${index}` };
  });
}

/** What was typed stays only where the input is the same: same block_id and action_id. */
function keepTyped(view: View): void {
  const inputs = new Set<string>();
  const blocks = view.content.blocks;
  for (const block of Array.isArray(blocks) ? blocks : []) {
    const element: unknown = block?.element;
    if (typeof element === "object" && element !== null && "action_id" in element) {
      inputs.add(`${block.block_id} ${element.action_id}`);
    }
  }
  for (const [blockId, values] of view.typed) {
    for (const actionId of values.keys()) {
      if (!inputs.has(`${blockId} ${actionId}`)) values.delete(actionId);
    }
    if (values.size === 0) view.typed.delete(blockId);
  }
}
