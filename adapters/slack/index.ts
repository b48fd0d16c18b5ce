/** Slack, whole: the workspaces, what comes in from them, what goes out to them. */
import type { ChatPlatform, ConnectionRef, Forgotten } from "../../src/platform.ts";
import { createGrants } from "../common/grants.ts";
import { type Channels, createChannels } from "./directory/channels.ts";
import { createQuiet, type Quiet } from "./directory/quiet.ts";
import { findSupportPlaces } from "./directory/support-places.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { slackError } from "./errors.ts";
import { createListener, type Listener } from "./listen.ts";
import { outlineMessage } from "./outline.ts";
import { type CloseEmoji, createCloseEmoji } from "./receive/close-emoji.ts";
import { createMarks } from "./receive/marks.ts";
import { createReceive } from "./receive.ts";
import { createLimits, type Limits } from "./send/limits.ts";
import { createSender, type Sender } from "./send.ts";
import type { SlackOptions, SlackWorkspace } from "./workspace.ts";
import { openWorkspaces, type Workspaces } from "./workspaces.ts";

export interface SlackPlatform {
  readonly platform: ChatPlatform;
  /** The workspaces whose token Slack accepts, by the name that Slack gives. */
  readonly connections: readonly { readonly ref: ConnectionRef; readonly name: string }[];
}

interface Forgetting {
  readonly sender: Pick<Sender, "forget">;
  readonly directory: Pick<Directory, "forgetUser">;
  readonly quiet: Pick<Quiet, "forgetUser">;
  readonly workspaces: Pick<Workspaces, "byRef">;
}

/** Pauses between tries at start and between looks at a picture; tests shorten them. */
export interface SlackPauses {
  readonly start?: readonly number[];
  readonly picture?: readonly number[];
}

/**
 * Asks Slack who each token is and where the channels are; listens to nothing before `start`.
 * @throws AppError `revoked` when Slack accepts no token, `temporary` or `rate-limited` when it
 * cannot be asked.
 */
export async function createSlack(
  options: SlackOptions,
  pauses: SlackPauses = {},
): Promise<SlackPlatform> {
  const { log, now = Date.now } = options;
  const workspaces = await openWorkspaces(options, pauses.start);
  const channels = createChannels(options, workspaces);
  const emoji = createCloseEmoji(options);
  const grants = createGrants(now);
  const directory = createDirectory(options, undefined, grants);
  const quiet = createQuiet(workspaces, options);
  const limits = createLimits(now);
  const sender = createSender({
    ...{ workspaces, channels, limits, log, now },
    ...(pauses.picture === undefined ? {} : { picturePauses: pauses.picture }),
  });
  const onRevoked = (workspace: SlackWorkspace) => verify(workspace, limits, log);
  const rules = { channels, emoji, marks: createMarks({ emoji, directory, log }) };
  const receive = createReceive({ workspaces, directory, rules, log, now, onRevoked });
  await prepare(workspaces.all, rules, pauses.start);
  let listener: Listener | undefined;

  const platform: ChatPlatform = {
    name: "slack",
    async start(inbox, core) {
      grants.ask(core);
      listener = createListener({ options, workspaces, receive, inbox, log });
      await listener.start();
    },
    send: sender.send,
    update: sender.update,
    find: sender.find,
    threads: true,
    remove: sender.remove,
    forget: (connection, userId, until) =>
      forget(connection, userId, until, { sender, directory, quiet, workspaces }),
    quietUntil: quiet.until,
    outline: outlineMessage,
    ...lookups(workspaces, directory),
    async supportPlaces(connection) {
      const workspace = workspaces.byRef(connection);
      if (workspace === undefined) return [];
      return findSupportPlaces(workspace, options, workspaces.all.length === 1);
    },
    ...(options.signingSecret === undefined
      ? {}
      : { web: { path: "/slack", fetch: (request) => fetchWith(listener, request) } }),
    async stop() {
      sender.stop();
      const stopping = listener;
      listener = undefined;
      await stopping?.stop();
    },
  };
  const connections = workspaces.all.map(({ ref, name }) => ({ ref, name }));
  return { platform, connections };
}

/** Everything of ours with them in Slack, and what is remembered of them here. */
async function forget(
  connection: ConnectionRef,
  userId: string,
  until: Date,
  { sender, directory, quiet, workspaces }: Forgetting,
): Promise<Forgotten> {
  try {
    return await sender.forget(connection, userId, until);
  } finally {
    const workspace = workspaces.byRef(connection);
    if (workspace !== undefined) {
      directory.forgetUser(workspace, userId);
      quiet.forgetUser(workspace, userId);
    }
  }
}

/** Who and what somebody means who mentions people and user groups. */
function lookups(
  workspaces: Pick<Workspaces, "byRef">,
  directory: Pick<Directory, "member" | "groups">,
): Required<Pick<ChatPlatform, "person" | "groups">> {
  return {
    async person(connection, id) {
      const workspace = workspaces.byRef(connection);
      if (workspace === undefined) return undefined;
      const { user } = await directory.member(workspace, { id }, "certain");
      return user.name === undefined ? undefined : user;
    },
    async groups(connection) {
      const workspace = workspaces.byRef(connection);
      return workspace === undefined ? [] : directory.groups(workspace);
    },
  };
}

/** Channels and emoji are known before the first event is read or the first message goes out. */
async function prepare(
  workspaces: readonly SlackWorkspace[],
  { channels, emoji }: { readonly channels: Channels; readonly emoji: CloseEmoji },
  pauses: readonly number[] | undefined,
): Promise<void> {
  const loading = workspaces.map((workspace) => emoji.load(workspace, pauses));
  await Promise.all([channels.resolve(pauses), ...loading]);
}

/** Not there yet, or no more: Slack delivers it again. */
async function fetchWith(listener: Listener | undefined, request: Request): Promise<Response> {
  return (await listener?.fetch?.(request)) ?? new Response(null, { status: 503 });
}

/**
 * News of an uninstallation can be older than a new installation, so Slack is asked. What was kept
 * stays; a token that is refused is not used for a while.
 */
async function verify(
  workspace: SlackWorkspace,
  limits: Limits,
  log: SlackOptions["log"],
): Promise<void> {
  const { ref, client } = workspace;
  try {
    await client.auth.test();
    log.info({ workspace: ref.externalId }, "the app is installed, whatever late news said");
  } catch (error) {
    const known = limits.note(ref.externalId, "", slackError(error, "read"));
    const { message: reason, advice } = known;
    log.error({ workspace: ref.externalId, reason, advice }, "the app was uninstalled in Slack");
  }
}
