/**
 * What Discord's gateway tells about messages, chats and marks on them → what it is about, as plain
 * data; undefined for everything that is nothing to us (F19). Interactions have their own reader
 * (receive/interactions.ts).
 */
export {};
