/** views.*: modals and the App Home. */
import { z } from "zod";
import { jsonObject, nested } from "../arguments.ts";
import { checkView } from "../looks.ts";
import { type Method, method } from "../method.ts";
import type { Json, Team, View } from "../model.ts";
import { checkPictures } from "../pictures.ts";
import { Refusal } from "../refusal.ts";
import { viewJson } from "../view-wire.ts";
import type { World } from "../world.ts";

const view = nested(jsonObject);

/** A view that Slack accepts, else invalid_arguments with its complaints ("views.open", errors). */
export function checkedView(world: World, team: Team, content: Json, type: View["type"]): Json {
  if (content.type !== type) throw new Refusal("invalid_arguments", said(["invalid view type"]));
  const complaints = checkView(content);
  if (complaints.length > 0) throw new Refusal("invalid_arguments", said(complaints));
  checkPictures(world.files, team, listIn(content.blocks));
  return content;
}

const listIn = (blocks: unknown): Json[] => (Array.isArray(blocks) ? blocks : []);

const said = (complaints: readonly string[]) => ({
  response_metadata: { messages: complaints.map((complaint) => `[ERROR] ${complaint}`) },
});

const trigger = { trigger_id: z.string(), view };

const open = method("views.open", { pace: 4, args: trigger }, ({ world, team }, args) => {
  const content = checkedView(world, team, args.view, "modal");
  const { member } = world.triggers.exchange(args.trigger_id, team);
  return { view: viewJson(world, world.views.open(team, member, content)) };
});

const push = method("views.push", { pace: 4, args: trigger }, ({ world, team }, args) => {
  const content = checkedView(world, team, args.view, "modal");
  const { member, viewId } = world.triggers.exchange(args.trigger_id, team);
  return { view: viewJson(world, world.views.push(team, member, viewId, content)) };
});

const update = method(
  "views.update",
  {
    pace: 4,
    args: {
      view,
      view_id: z.string().optional(),
      external_id: z.string().optional(),
      hash: z.string().optional(),
    },
  },
  ({ world, team }, args) => {
    if (args.view_id === undefined && args.external_id === undefined) {
      throw new Refusal("invalid_arguments", said(["view_id or external_id is needed"]));
    }
    const known = world.views.find(team, args.view_id, args.external_id);
    if (known === undefined) throw new Refusal("not_found");
    const content = checkedView(world, team, args.view, known.type);
    return { view: viewJson(world, world.views.update(known, args.hash, content)) };
  },
);

const publish = method(
  "views.publish",
  { pace: 4, args: { user_id: z.string(), view, hash: z.string().optional() } },
  ({ world, team }, args) => {
    const member = world.state.member(args.user_id);
    if (member === undefined || member.team !== team)
      throw new Refusal("invalid_arguments", said(["no such user_id"]));
    const content = checkedView(world, team, args.view, "home");
    return { view: viewJson(world, world.views.publish(team, member, args.hash, content)) };
  },
);

export const viewMethods: readonly Method[] = [open, push, update, publish];
