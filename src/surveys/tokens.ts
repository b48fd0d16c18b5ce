/**
 * What our buttons carry: opaque to every adapter, signed, at most MAX_TOKEN_LENGTH characters,
 * bound to a workspace and to what they are about. Whether the one who presses is the one who was asked is
 * checked by the inbox, because a token can be seen by others.
 */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { MAX_TOKEN_LENGTH } from "../platform.ts";

/** What a button does. `question` and `value` are short: letters, digits and hyphens. */
export interface TokenContent {
  readonly workspaceId: number;
  /**
   * {@link NO_INVITATION} when it is about something else; of what is shared: the key of what it is
   * narrowed down to.
   */
  readonly invitationId: string;
  /** The chat that it is about, instead of an invitation. */
  readonly chatId?: string;
  /** The case that it is about, instead of an invitation. */
  readonly caseId?: string;
  /** The person that it is about, who is not the one who presses, instead of an invitation. */
  readonly personId?: string;
  /** A second person, beside the first. */
  readonly otherId?: string;
  /** The link between people that it is about, instead of an invitation. */
  readonly mergeId?: string;
  /** The draft that it is about, instead of an invitation. */
  readonly draftId?: string;
  /** The set of changes that it is about, instead of an invitation. */
  readonly changeSetId?: string;
  readonly verb: Verb;
  readonly question?: string;
  readonly value?: string;
}

/** Everything a button of ours can do. */
const verbs = [
  "answer",
  "wish",
  "change",
  "undo",
  // Opens a question that only one person may see.
  "show",
  "ask-now",
  // Opens the form of an open question; what comes out of it.
  "write",
  "comment",
  // About a chat.
  "close",
  // About no invitation: what a command shows, and whether its reader wants to be asked at all.
  "share",
  "comments",
  "consent",
  // About no invitation: what is kept about whoever presses, and forgetting it.
  "rights",
  // About a case.
  "case",
  // May these words be quoted?
  "quote",
  // About no invitation: another page of a list.
  "cases",
  "silent",
  "quotes",
  // About a case: shown to whoever looks.
  "look",
  // About a person: somebody of the team makes them a case.
  "open-case",
  // About a person: what was decided about them.
  "why",
  // About two people: they are one; about what made them one: they are not.
  "link",
  "unlink",
  // About a draft of an admin's; about changes that wait for a second person, or can be undone.
  "draft",
  "change-set",
  // About no invitation: what an admin's card does, by question and value.
  "admin",
] as const;
export type Verb = (typeof verbs)[number];

/** Stands for the invitation in a token that is about none. */
export const NO_INVITATION = "00000000-0000-0000-0000-000000000000";

export interface Tokens {
  sign(content: TokenContent): string;
  /** `undefined` for anything that we did not sign with this secret or a previous one. */
  verify(token: string): TokenContent | undefined;
}

/** Characters of the signature: 16 of base64url are 96 bits. */
const SIGNATURE_LENGTH = 16;
const PART = /^[a-z0-9-]{0,20}$/;

/**
 * Tokens signed with a key derived from the program's secret; those of `previous` ones are still
 * understood, because their buttons stand in messages that people have.
 */
export function createTokens(secret: string, previous: readonly string[] = []): Tokens {
  const key = deriveKey(secret);
  const keys = [key, ...previous.map(deriveKey)];
  return {
    sign(content) {
      const { workspaceId, verb, question = "", value = "" } = content;
      if (!PART.test(question) || !PART.test(value)) {
        throw new RangeError("a token's question and value are short words of a-z, 0-9 and hyphen");
      }
      const id = packed(idIn(content));
      const other = content.otherId === undefined ? [] : [packed(content.otherId)];
      const body = [workspaceId.toString(36), id, verb, question, value, ...other].join(".");
      const token = `${body}.${signature(key, body)}`;
      if (token.length > MAX_TOKEN_LENGTH) throw new RangeError("a token is too long");
      return token;
    },
    verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) return undefined;
      const cut = token.lastIndexOf(".");
      const body = token.slice(0, Math.max(cut, 0));
      const given = Buffer.from(token.slice(cut + 1));
      return keys.some((each) => isSame(given, signature(each, body))) ? parse(body) : undefined;
    },
  };
}

function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", "aftertalk button tokens", 32));
}

function signature(key: Buffer, body: string): string {
  return createHmac("sha256", key).update(body).digest("base64url").slice(0, SIGNATURE_LENGTH);
}

function isSame(given: Buffer, signature: string): boolean {
  const right = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
}

/** The verb says what the id in a token stands for: for an invitation when it is not here. */
const subjects: { readonly [verb in Verb]?: (typeof subjectIds)[number] } = {
  close: "chatId",
  case: "caseId",
  look: "caseId",
  "open-case": "personId",
  why: "personId",
  link: "personId",
  unlink: "mergeId",
  draft: "draftId",
  "change-set": "changeSetId",
};
const subjectIds = ["chatId", "caseId", "personId", "mergeId", "draftId", "changeSetId"] as const;

function idIn(content: TokenContent): string {
  const subject = subjects[content.verb];
  const wrong = subjectIds.find((each) => (content[each] !== undefined) !== (each === subject));
  if (wrong !== undefined) {
    const should = wrong === subject ? "a" : "no";
    throw new RangeError(`a token to ${content.verb} has ${should} ${wrong}`);
  }
  if ((content.otherId !== undefined) !== (content.verb === "link"))
    throw new RangeError("a token to link has a second person, and no other has");
  return (subject && content[subject]) ?? content.invitationId;
}

/** An id in 22 characters. */
function packed(id: string): string {
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
}

function unpacked(id: string): string {
  const hex = Buffer.from(id, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function parse(body: string): TokenContent | undefined {
  const [workspace, id, verbText, question, value, other] = body.split(".");
  const verb = verbs.find((v) => v === verbText);
  if (workspace === undefined || id === undefined || verb === undefined) return undefined;
  return {
    workspaceId: Number.parseInt(workspace, 36),
    ...aboutOf(verb, unpacked(id)),
    ...(other ? { otherId: unpacked(other) } : {}),
    verb,
    ...(question ? { question } : {}),
    ...(value ? { value } : {}),
  };
}

type About = Pick<TokenContent, "invitationId" | (typeof subjectIds)[number]>;

function aboutOf(verb: Verb, id: string): About {
  const subject = subjects[verb];
  return subject === undefined
    ? { invitationId: id }
    : { invitationId: NO_INVITATION, [subject]: id };
}
