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

/** Those that the developer portal has to allow. */
export const privileged = {
  members: intents.guildMembers,
  presences: intents.guildPresences,
  content: intents.messageContent,
} as const;
