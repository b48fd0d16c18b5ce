/** A reading desk for payloads: workspaces, a directory and channels that are known, no network. */
import { WebClient } from "@slack/web-api";
import { pino } from "pino";
import type { Channels } from "../../../adapters/slack/directory/channels.ts";
import type { Directory, Member } from "../../../adapters/slack/directory.ts";
import { createCloseEmoji } from "../../../adapters/slack/receive/close-emoji.ts";
import type { ReceiveOptions } from "../../../adapters/slack/receive/reading.ts";
import { createReceive, type Incoming } from "../../../adapters/slack/receive.ts";
import type { SlackWorkspace } from "../../../adapters/slack/workspace.ts";
import { createWorkspaces } from "../../../adapters/slack/workspaces.ts";
import type { Role } from "../../../src/platform.ts";

const log = pino({ level: "silent" });

export function workspace(
  externalId: string,
  change: Partial<SlackWorkspace> = {},
): SlackWorkspace {
  return {
    ref: { platform: "slack", externalId },
    name: "Acme",
    url: "https://acme.slack.com/",
    botUserId: `UBOT${externalId}`,
    botId: `B${externalId}`,
    client: new WebClient(undefined, { retryConfig: { retries: 0 } }),
    ...change,
  };
}

export const acme = workspace("TACME");
export const other = workspace("TOTHER");

/** Kim is an agent, Lee a lead, Ada an admin; everybody else is a customer. */
const roles: Readonly<Record<string, Role>> = { UKIM: "agent", ULEE: "lead", UADA: "admin" };

function member(id: string): Member {
  const user = { externalId: id, name: `name of ${id}`, role: roles[id] ?? "customer" } as const;
  return id === "UKIM" ? { user, team: "Billing" } : { user };
}

/** What the desk was told: users and groups to be asked for again, revoked workspaces. */
export interface Told {
  readonly forgotten: string[];
  readonly revoked: string[];
  readonly noticed: string[];
}

export function createDesk(change: Partial<ReceiveOptions> = {}) {
  const told: Told = { forgotten: [], revoked: [], noticed: [] };
  const support = new Map([["CHELP", "help"]]);
  const directory: Directory = {
    member: async (_workspace, { id }) => member(id),
    forgetUser: (_workspace, id) => void told.forgotten.push(id),
    groups: async () => [],
    forgetGroups: () => void told.forgotten.push("groups"),
  };
  const channels: Channels = {
    async resolve() {},
    support: (_workspace, id) => (support.has(id) ? `#${support.get(id)}` : undefined),
    leads: () => "CLEADS",
    noticed: async (_workspace, id) => void told.noticed.push(id),
    renamed: (_workspace, id, name) => void support.set(id, name),
  };
  const emoji = createCloseEmoji({ closeEmoji: ["white_check_mark"], log });
  const receive = createReceive({
    workspaces: createWorkspaces([acme, other]),
    directory,
    rules: { channels, emoji },
    log,
    now: () => 1_800_000_000_000,
    onRevoked: async ({ ref }) => void told.revoked.push(ref.externalId),
    ...change,
  });
  return {
    told,
    receive: (kind: Incoming["kind"], body: unknown) => receive({ kind, body, workspace: acme }),
    event: (event: Record<string, unknown>) =>
      receive({ kind: "event", body: envelope(event), workspace: acme }),
  };
}

export function envelope(event: Record<string, unknown>): Record<string, unknown> {
  return {
    type: "event_callback",
    event_id: "Ev1",
    event_time: 1_700_000_000,
    team_id: "TACME",
    authorizations: [{ team_id: "TACME", enterprise_id: null, is_enterprise_install: false }],
    event,
  };
}

/** Dana asks in #help. */
export const question = {
  type: "message",
  channel: "CHELP",
  channel_type: "channel",
  user: "UDANA",
  text: "It &lt;fails&gt;, <@UKIM|kim>",
  ts: "1700000000.000100",
  event_ts: "1700000000.000100",
} as const;
