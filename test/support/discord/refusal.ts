/** What Discord answers to a request that it does not carry out ("Opcodes and Status Codes"). */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: Record<string, unknown> | undefined;

  constructor(status: number, code: number, message: string, errors?: Record<string, unknown>) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** 429 for this one thing, while the bucket of the route still has room: a limit below the limit. */
export class Limited extends Error {
  readonly seconds: number;

  constructor(seconds: number) {
    super("You are being rate limited.");
    this.seconds = seconds;
  }
}

const known = {
  unauthorized: [401, 0, "401: Unauthorized"],
  unknownRoute: [404, 0, "404: Not Found"],
  unknownChannel: [404, 10003, "Unknown Channel"],
  unknownGuild: [404, 10004, "Unknown Guild"],
  unknownMember: [404, 10007, "Unknown Member"],
  unknownMessage: [404, 10008, "Unknown Message"],
  unknownUser: [404, 10013, "Unknown User"],
  unknownEmoji: [400, 10014, "Unknown Emoji"],
  unknownWebhook: [404, 10015, "Unknown Webhook"],
  unknownInteraction: [404, 10062, "Unknown interaction"],
  unknownCommand: [404, 10063, "Unknown application command"],
  dailyCommands: [
    400,
    30034,
    "Max number of daily application command creates has been reached (200)",
  ],
  tooLarge: [413, 40005, "Request entity too large"],
  dmsTooFast: [403, 40003, "You are opening direct messages too fast"],
  acknowledged: [400, 40060, "Interaction has already been acknowledged."],
  missingAccess: [403, 50001, "Missing Access"],
  inDirect: [403, 50003, "Cannot execute action on a DM channel"],
  notTheAuthor: [403, 50005, "Cannot edit a message authored by another user"],
  empty: [400, 50006, "Cannot send an empty message"],
  cannotSend: [403, 50007, "Cannot send messages to this user"],
  noTextChannel: [400, 50008, "Cannot send messages in a non-text channel"],
  wrongChannelType: [400, 50024, "Cannot execute action on this channel type"],
  missingPermissions: [403, 50013, "Missing Permissions"],
  systemMessage: [403, 50021, "Cannot execute action on a system message"],
  invalidToken: [401, 50027, "Invalid Webhook Token"],
  archived: [400, 50083, "Thread is archived"],
  invalidJson: [400, 50109, "The request body contains invalid JSON."],
  noMutualGuilds: [403, 50278, "Cannot send messages to this user due to having no mutual guilds"],
  reactionBlocked: [403, 90001, "Reaction was blocked"],
  threadExists: [400, 160004, "A thread has already been created for this message"],
  locked: [400, 160005, "This thread is locked"],
  tooManyThreads: [400, 160006, "Maximum number of active threads reached"],
} as const satisfies Record<string, readonly [number, number, string]>;

/** Refuses by name: `throw refused("unknownChannel")`. */
export function refused(name: keyof typeof known): Refusal {
  const [status, code, message] = known[name];
  return new Refusal(status, code, message);
}

export interface FormError {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** 50035 with Discord's tree: every step of a path is a key, the errors stand under `_errors`. */
export function invalidForm(found: readonly FormError[]): Refusal {
  const tree: Record<string, unknown> = {};
  for (const { path, code, message } of found) {
    let node = tree;
    for (const step of path.map(String)) {
      const next = node[step];
      const inner: Record<string, unknown> = isNode(next) ? next : {};
      node[step] = inner;
      node = inner;
    }
    const errors = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...errors, { code, message }];
  }
  return new Refusal(400, 50035, "Invalid Form Body", tree);
}

const isNode = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const formError = (path: readonly (string | number)[], code: string, message: string) =>
  invalidForm([{ path, code, message }]);
