/** Every week, once, in the leads' channels: whatever instances there are, and whenever they were down. */

import type { CardPicture } from "../commands/summary/card.ts";
import { drawPicture } from "../commands/summary.ts";
import type { Engine, Work } from "../engine.ts";
import { languageOf } from "../language-of.ts";
import type { Language } from "../locales/index.ts";
import { post } from "../outbox/post.ts";
import type { Address, Message } from "../platform.ts";
import { type Connection, chatConnectionsOf } from "../store/connections.ts";
import { readSettings, type WorkspaceSettings } from "../store/settings.ts";
import type { Workspace } from "../store/workspaces.ts";
import { digestCard } from "./card.ts";
import { type Digest, loadDigest } from "./digest.ts";
import { inEachWorkspace, type Serves, tendWeekly } from "./weekly.ts";
import { dateOfDigest, periodOfDigest } from "./when.ts";

/** A digest that is to be posted in one place. */
export interface DigestPost {
  readonly connection: Connection;
  readonly address: Address;
  readonly message: Message;
  /** The same for the same week there: a second one is not posted. */
  readonly key: string;
  readonly quoted: readonly string[];
}

/** Posts what is due, in each workspace. */
export async function postDigests(engine: Engine, serves: Serves = () => true): Promise<void> {
  await inEachWorkspace(engine, "a digest could not be made", (workspace) =>
    tendDigest(engine, workspace, serves),
  );
}

/** Starts, moves or ends the timer of a workspace, and posts when it has come to its time. */
export async function tendDigest(
  engine: Engine,
  workspace: Workspace,
  serves: Serves,
): Promise<void> {
  const { digest: when } = await readSettings(engine.db, workspace.id);
  await tendWeekly(engine, workspace, {
    timer: "digest",
    when: when.on ? when : undefined,
    prepare: (due) => makePosts(engine, workspace, { when, due, serves }),
    act: async (work, posts) => {
      for (const each of posts) await postDigest(engine, work, each);
    },
  });
}

async function makePosts(
  engine: Engine,
  workspace: Workspace,
  { when, due, serves }: { when: WorkspaceSettings["digest"]; due: Date; serves: Serves },
): Promise<DigestPost[]> {
  const all = await chatConnectionsOf(engine.db, workspace.id);
  const places = placesOf(
    all.filter(({ ref }) => serves(ref.platform)),
    when.channel,
  );
  if (places.length === 0) return [];
  const period = periodOfDigest(due, workspace.timeZone);
  return digestPosts(await loadDigest(engine, workspace, period), places);
}

/** Where a digest is posted. */
interface DigestPlace {
  readonly connection: Connection;
  readonly address: Address;
}

/** The leads' channel of each connection, or the one channel that was set (`platform:channelId`). */
export function placesOf(
  connections: readonly Connection[],
  channel: string | null,
): DigestPlace[] {
  if (channel === null) {
    return connections.map((connection) => ({ connection, address: { kind: "leads" } }));
  }
  const colon = channel.indexOf(":");
  const connection = connections.find(({ ref }) => ref.platform === channel.slice(0, colon));
  const address = { kind: "channel", channelId: channel.slice(colon + 1) } as const;
  return connection === undefined ? [] : [{ connection, address }];
}

/** The same digest for each place, in the language that is spoken there. */
export async function digestPosts(
  digest: Digest,
  places: readonly DigestPlace[],
): Promise<DigestPost[]> {
  const messages = new Map<Language, Message>();
  const posts: DigestPost[] = [];
  for (const { connection, address } of places) {
    const language = languageOf(connection);
    const message =
      messages.get(language) ?? digestCard(digest, language, await pictureOf(digest, language));
    messages.set(language, message);
    const key = `digest:${connection.id}:${dateOfDigest(digest.period)}`;
    const quoted = digest.comments.map(({ invitationId }) => invitationId);
    posts.push({ connection, address, message, key, quoted });
  }
  return posts;
}

/** False when the digest of that week stands there already. */
export function postDigest(engine: Engine, work: Work, what: DigestPost): Promise<boolean> {
  const { connection, ...rest } = what;
  return post(engine, work, {
    ...rest,
    workspaceId: connection.workspace.id,
    connectionId: connection.id,
    purpose: "notice",
    invitationId: null,
    personId: null,
  });
}

/** Of the metric with the most answers: a card has room for one. */
function pictureOf({ figures }: Digest, language: Language): Promise<CardPicture> | undefined {
  const [most] = figures.toSorted((a, b) => b.summary.n - a.summary.n);
  return most && drawPicture({ ...most, comments: [], words: [], singleAnswers: true }, language);
}
