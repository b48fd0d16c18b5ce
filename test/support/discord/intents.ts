/** "Gateway", section on intents. */
export const intents = {
  guilds: 1 << 0,
  guildMembers: 1 << 1,
  guildModeration: 1 << 2,
  guildPresences: 1 << 8,
  guildMessages: 1 << 9,
  guildReactions: 1 << 10,
  directMessages: 1 << 12,
  directReactions: 1 << 13,
  messageContent: 1 << 15,
} as const;

/** The highest bit there is: direct message polls. Anything above is 4013. */
export const HIGHEST_INTENTS = (1 << 26) - 1;

/** "Application Flags": the privileged intents of an app in fewer than a hundred guilds. */
const flags = { presences: 1 << 13, members: 1 << 15, content: 1 << 19 } as const;

export const applicationFlags = (allowed: readonly (keyof typeof flags)[]): number =>
  allowed.reduce((all, name) => all | flags[name], 0);

/** Those that the developer portal has to allow. */
export const privileged = {
  members: intents.guildMembers,
  presences: intents.guildPresences,
  content: intents.messageContent,
} as const;
