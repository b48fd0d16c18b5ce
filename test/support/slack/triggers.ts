/** trigger_id: the permission to open a view, for three seconds and once. */
import type { Ids } from "./ids.ts";
import { TRIGGER_MS } from "./limits.ts";
import type { Member, Team } from "./model.ts";
import { Refusal } from "./refusal.ts";
import type { Timeline } from "./time.ts";

export interface Triggers {
  /** `viewId`: pressed inside this view, which views.push then builds upon. */
  create(member: Member, installation: Team, viewId?: string): string;
  /** Uses it up; throws invalid_, expired_ or exchanged_trigger_id ("views.open", errors). */
  exchange(
    id: string,
    team: Team,
  ): { readonly member: Member; readonly viewId: string | undefined };
}

interface Entry {
  readonly member: Member;
  readonly installation: Team;
  readonly viewId: string | undefined;
  readonly at: number;
  used: boolean;
}

export function createTriggers(ids: Ids, timeline: Timeline): Triggers {
  const entries = new Map<string, Entry>();
  return {
    create(member, installation, viewId) {
      const id = `${ids.next("")}.${installation.id}.${member.id}`;
      entries.set(id, { member, installation, viewId, at: timeline.now(), used: false });
      return id;
    },
    exchange(id, team) {
      const entry = entries.get(id);
      if (entry === undefined || entry.installation !== team) {
        throw new Refusal("invalid_trigger_id");
      }
      if (entry.used) throw new Refusal("exchanged_trigger_id");
      if (timeline.now() - entry.at > TRIGGER_MS) throw new Refusal("expired_trigger_id");
      entry.used = true;
      return { member: entry.member, viewId: entry.viewId };
    },
  };
}
