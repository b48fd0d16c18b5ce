/** The page's requests: the page itself, its texts and pictures, the stream, and what people do. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Log } from "../../src/log.ts";
import type { ConnectionRef, Inbox, Message, Reply } from "../../src/platform.ts";
import { createAssets, readPage } from "./assets.ts";
import type { Content } from "./entries.ts";
import { answerFor, badRequest, stopped } from "./errors.ts";
import type { Files } from "./files.ts";
import { createGuard, type GuardOptions } from "./guard.ts";
import { people, personById } from "./people.ts";
import { type Received, receive } from "./receive.ts";
import { renderForm } from "./render.ts";
import { streamTranscript } from "./stream.ts";
import type { Transcript } from "./transcript.ts";
import { type Accepted, MAX_TEXT_LENGTH, newChat, type PageConfig } from "./wire.ts";

export interface RouteOptions extends GuardOptions {
  readonly connection: ConnectionRef;
  readonly languages: readonly string[];
  readonly texts: (language: string) => Readonly<Record<string, string>>;
  readonly log: Log;
  readonly transcript: Transcript;
  /** Folder of the pictures. */
  readonly pictures: string;
  /** What somebody was given. */
  readonly files: Files;
  /** Renders a message and keeps its pictures. */
  readonly keep: (message: Message) => Content;
  /** The core's way in; undefined before the start and after the stop. */
  readonly inbox: () => Inbox | undefined;
}

export function createRoutes(options: RouteOptions): Hono {
  const { transcript } = options;
  const app = new Hono();
  app.use(...createGuard(options));
  app.onError((error, context) => fail(error, context, options.log));

  app.get("/", async (context) => context.html(await readPage()));
  app.get("/playground/config.json", (context) => {
    const { languages } = options;
    const config: PageConfig = { people, languages, maxTextLength: MAX_TEXT_LENGTH };
    return context.json(config);
  });
  app.get("/playground/texts/:language{[A-Za-z-]+}", (context) => {
    const language = context.req.param("language");
    return options.languages.includes(language)
      ? context.json(options.texts(language))
      : context.notFound();
  });
  app.get("/playground/pictures/:file{[0-9a-f]{64}\\.png}", async (context) => {
    const png = await readFile(join(options.pictures, context.req.param("file"))).catch(() => {});
    if (!png) return context.notFound();
    context.header("cache-control", "private, max-age=31536000, immutable");
    return context.body(new Uint8Array(png), 200, { "content-type": "image/png" });
  });
  app.get("/playground/files/:token{[A-Za-z0-9_-]{22}}", (context) => {
    const file = options.files.read(context.req.param("token"));
    if (!file) return context.text("This file is gone. Ask for it again.", 410);
    context.header("cache-control", "no-store");
    context.header("content-disposition", `attachment; filename="${file.name}"`);
    return context.body(new Uint8Array(file.bytes), 200, { "content-type": file.mediaType });
  });
  app.get("/playground/stream", (context) => streamTranscript(context, transcript));
  app.post("/playground/chats", async (context) => {
    openChat(await readJson(context), transcript);
    return context.json({} satisfies Accepted);
  });
  app.post("/playground/events", async (context) => {
    const body = await readJson(context);
    const origin = context.req.header("origin") ?? "";
    return context.json(await take(body, origin, options));
  });
  app.route("/playground", createAssets());
  return app;
}

/** One thing that a person did: kept where it is words, handed to the core, the reply shown. */
async function take(body: unknown, origin: string, options: RouteOptions): Promise<Accepted> {
  const { connection, transcript } = options;
  const inbox = options.inbox();
  if (!inbox) throw stopped();
  const { chats, messages } = transcript.model;
  const received = receive(body, {
    connection,
    origin,
    chats,
    messages,
    now: transcript.tick(),
  });
  const { event, place, words } = received;
  const from = actorOf(received);
  if (words !== undefined) {
    const only = event.kind === "command" ? { only: from } : {};
    transcript.post({ id: event.id, place, from, text: words, ...only, status: "sending" });
  }
  try {
    const reply = await inbox.receive(event);
    if (!options.inbox()) throw stopped();
    accept(received, transcript);
    return show(reply, received, options);
  } catch (error) {
    if (words !== undefined && !transcript.closed) setStatus(transcript, event.id, "unsaved");
    throw error;
  }
}

function actorOf({ event }: Received): string {
  if ("from" in event) return event.from.externalId;
  return ("by" in event && event.by?.externalId) || "";
}

/** What is so only when the core has taken it. */
function accept(received: Received, transcript: Transcript): void {
  const { event, words } = received;
  if (words !== undefined) setStatus(transcript, event.id, "saved");
  if (event.kind !== "chat-closed" && event.kind !== "chat-reopened") return;
  const state = event.kind === "chat-closed" ? event.reason : "open";
  const chat = event.chat.externalId;
  if (transcript.model.chats.get(chat)?.state === state) return;
  transcript.append({ kind: "chat-state", chat, state, by: actorOf(received) });
}

function setStatus(transcript: Transcript, id: string, status: "saved" | "unsaved"): void {
  const known = transcript.model.messages.get(id);
  // Saved is final: a request that was sent twice may fail the second time.
  if (!known || known.status === status || known.status === "saved") return;
  transcript.append({ kind: "status", id, status });
}

/** The core's answer: in place of the pressed message, or for the one who acted, or as a form. */
function show(reply: Reply, received: Received, options: RouteOptions): Accepted {
  const { transcript, keep } = options;
  const { event, place, pressed } = received;
  if (reply.kind === "nothing") return {};
  if (reply.kind === "form") return { form: renderForm(reply.form, pressed?.id) };
  const content = keep(reply.message);
  if (reply.kind === "update" && pressed && transcript.update(pressed.id, content)) return {};
  const actor = actorOf(received);
  // In direct messages there is nobody else; elsewhere it is for the actor's eyes only.
  const only = place === `direct:${actor}` ? {} : { only: actor };
  const key = `reply:${event.id}`;
  const id = `bot:${event.id}`;
  transcript.post({ id, place, from: "bot", content, key, ...only, status: "saved" });
  return {};
}

function openChat(body: unknown, transcript: Transcript): void {
  if (transcript.closed) throw stopped();
  const parsed = newChat.safeParse(body);
  if (!parsed.success) throw badRequest(parsed.error);
  const { id, customer } = parsed.data;
  if (personById(customer)?.role !== "customer") throw badRequest("customer: there is none such.");
  if (!transcript.model.chats.has(id)) transcript.append({ kind: "chat", id, customer });
}

async function readJson(context: Context): Promise<unknown> {
  try {
    return await context.req.json();
  } catch {
    throw badRequest("The body is not JSON.");
  }
}

function fail(error: Error, context: Context, log: Log): Response {
  if (error instanceof HTTPException) return error.getResponse();
  const { status, body } = answerFor(error);
  if (status === 503) log.error({ error }, "playground: an event could not be taken");
  return context.json(body, status);
}
