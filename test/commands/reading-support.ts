/** A workspace with answers to read, and people who type and press. */
import { metrics } from "../../src/metrics/registry.ts";
import type { Address, Message, Option, PlatformUser, Reply } from "../../src/platform.ts";
import { newId } from "../../src/store/ids.ts";
import type { NewRow } from "../../src/store/schema.ts";
import type { TestDatabase } from "../support/database.ts";
import {
  insertChat,
  insertInvitation,
  insertPerson,
  insertSurvey,
} from "../support/database-rows.ts";
import { createWorld, type World } from "../support/world.ts";

interface Given {
  readonly score: number;
  readonly at: Date;
  readonly text?: string;
  readonly person?: string;
  readonly chat?: string;
  /** As it is kept beside the answer. */
  readonly team?: string;
}

export interface Reading {
  readonly world: World;
  /** A person by name, made when new; `id` is that of somebody the platform knows already. */
  person(name: string, values?: Partial<Omit<NewRow<"people">, "workspace_id">>): Promise<string>;
  chat(name: string, team?: string): Promise<string>;
  /** A survey of the metric; the same one at every call. */
  survey(metric: "nps" | "csat"): Promise<string>;
  /** Somebody answered. */
  answer(metric: "nps" | "csat", given: Given): Promise<void>;
  types(from: PlatformUser, name: string, text?: string, more?: Where): Promise<Message>;
  presses(from: PlatformUser, token: string, more?: Where): Promise<Reply>;
  personOf(user: PlatformUser): Promise<string>;
  /** So many milliseconds before now. */
  ago(ms: number): Date;
}

interface Where {
  readonly id?: string;
  readonly place?: Address;
  readonly pictures?: false;
}

/** A workspace of its own. */
export async function createReading(database: TestDatabase): Promise<Reading> {
  const { db } = database;
  const world = await createWorld(database);
  const { workspaceId } = world;
  const surveys = new Map<string, Promise<string>>();
  const { id: connectionId } = await db
    .selectFrom("connections")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  const base = (id = newId()) => ({
    id,
    connection: { platform: "messenger", externalId: `T-${workspaceId}` },
    at: world.clock.now(),
  });
  const reading: Reading = {
    world,
    person: (name, values) => insertPerson(db, workspaceId, { name, ...values }),
    chat: (name, team) =>
      insertChat(db, workspaceId, connectionId, {
        channel: "#help",
        url: `https://chat.example/${name}`,
        ...(team === undefined ? {} : { team }),
      }),
    survey(metric) {
      const known =
        surveys.get(metric) ?? insertSurvey(db, workspaceId, { key: `test-${metric}`, metric });
      surveys.set(metric, known);
      return known;
    },
    async answer(metric, { score, at, text, person, chat, team }) {
      const survey_id = await reading.survey(metric);
      const who = { person_id: person ?? null, chat_id: chat ?? null };
      const invitation_id = await insertInvitation(db, workspaceId, survey_id, {
        ...{ state: "answered", asked_at: at, reached_at: at, answered_at: at, expires_at: at },
        ...who,
      });
      const shared = {
        ...{ workspace_id: workspaceId, invitation_id, survey_id, survey_version: 1 },
        ...{ answered_at: at, ...who },
        ...(team === undefined ? {} : { team }),
      };
      const { min, max } = metrics[metric].scale;
      const scored = { question: "score", metric, score, scale_min: min, scale_max: max };
      const rows: NewRow<"answers">[] = [{ ...shared, ...scored }];
      if (text !== undefined) rows.push({ ...shared, question: "why", text });
      for (const row of rows) await db.insertInto("answers").values(row).execute();
    },
    async types(from, name, text = "", { id, ...more } = {}) {
      const event = { ...base(id), kind: "command", from, name, text, ...more } as const;
      const reply = await world.inbox.receive(event);
      if (reply.kind !== "message") throw new Error(`a command is answered by ${reply.kind}`);
      return reply.message;
    },
    presses: (from, token, { id, ...more } = {}) =>
      world.inbox.receive({ ...base(id), kind: "action", from, token, ...more }),
    ago: (ms) => new Date(world.clock.now().getTime() - ms),
    async personOf({ externalId }) {
      const { person_id } = await db
        .selectFrom("identities")
        .select("person_id")
        .where("workspace_id", "=", workspaceId)
        .where("external_id", "=", externalId)
        .executeTakeFirstOrThrow();
      return person_id;
    },
  };
  return reading;
}

/** Every button of a message. */
export function buttonsOf(message: Message): Option[] {
  return message.parts.flatMap((part) => ("options" in part ? part.options : []));
}

/** The message with which a press was answered in place. */
export function updateOf(reply: Reply): Message {
  if (reply.kind !== "update") throw new Error(`a press was answered by ${reply.kind}`);
  return reply.message;
}
