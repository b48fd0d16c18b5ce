/**
 * How values come out of PostgreSQL, the same from a server and from the embedded database: counts
 * as numbers (a bigint only beyond 2^53), instants as Date, days and local times as text, numeric as
 * text because a number would round it, bytes as Uint8Array. Keys are the type's oid.
 */
const oid = {
  bytea: 17,
  int8: 20,
  interval: 1186,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  numeric: 1700,
} as const;

/** Array types by the element that they hold, for drivers that do not derive one from the other. */
export const arrayTypes: Readonly<Record<number, number>> = {
  1001: oid.bytea,
  1016: oid.int8,
  1187: oid.interval,
  1182: oid.date,
  1115: oid.timestamp,
  1185: oid.timestamptz,
  1231: oid.numeric,
};

export type ParseValue = (text: string) => unknown;

const asText: ParseValue = (text) => text;

function parseInt8(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function parseBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.slice(2), "hex"));
}

/** Parsers of the text format by oid; every other type is the same on both drivers as it is. */
export const valueParsers: Readonly<Record<number, ParseValue>> = {
  [oid.bytea]: parseBytes,
  [oid.int8]: parseInt8,
  [oid.interval]: asText,
  [oid.date]: asText,
  [oid.timestamp]: asText,
  [oid.timestamptz]: (text) => new Date(text),
  [oid.numeric]: asText,
};
