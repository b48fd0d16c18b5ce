import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSigned } from "../../../../adapters/slack/listen/signature.ts";

// The example of Slack's own documentation ("Verifying requests from Slack").
const documented = {
  secret: "8f742231b10e8888abcd99yyyzzz85a5",
  timestamp: "1531420618",
  body: "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
  signature: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
};
const secret = "a signing secret";
const now = 1_800_000_000_000;
const seconds = now / 1000;
const bytes = (text: string) => new TextEncoder().encode(text);

function sign(body: Uint8Array, timestamp: string, key = secret): string {
  return `v0=${createHmac("sha256", key).update(`v0:${timestamp}:`).update(body).digest("hex")}`;
}

function check(timestamp: string | null, signature: string | null, body = bytes("{}")): boolean {
  return isSigned(secret, { timestamp, signature }, body, now);
}

test("W1 the documented vector is accepted, and with any other secret it is not", () => {
  const { timestamp, signature, body } = documented;
  const at = Number(timestamp) * 1000;
  expect(isSigned(documented.secret, { timestamp, signature }, bytes(body), at)).toBe(true);
  expect(isSigned("another", { timestamp, signature }, bytes(body), at)).toBe(false);
});

test("W1 an empty secret signs nothing", () => {
  const timestamp = String(seconds);
  const signature = sign(bytes("{}"), timestamp, "");
  expect(isSigned("", { timestamp, signature }, bytes("{}"), now)).toBe(false);
});

const good = sign(bytes("{}"), String(seconds));
test.each([
  ["no signature", null],
  ["an empty one", ""],
  ["a truncated one", good.slice(0, -1)],
  ["one that is too long", `${good}0`],
  ["an unknown version", good.replace("v0=", "v1=")],
  ["no version", good.slice(3)],
  ["upper case", good.toUpperCase()],
  ["the wrong one", `v0=${"0".repeat(64)}`],
  ["two in one header", `${good}, ${good}`],
  ["something else", "v0=zz"],
])("W1 %s is refused", (_what, signature) => {
  expect(check(String(seconds), signature)).toBe(false);
  expect(check(String(seconds), good)).toBe(true);
});

test.each([
  [0, true],
  [299, true],
  [300, true],
  [301, false],
  [3600, false],
  [-60, true],
  [-61, false],
  [-86_400, false],
])("W3 W4 a request signed %d seconds ago: %s", (age, accepted) => {
  const timestamp = String(seconds - age);
  expect(check(timestamp, sign(bytes("{}"), timestamp))).toBe(accepted);
});

test.each([
  null,
  "",
  `${seconds}junk`,
  ` ${seconds}`,
  `-${seconds}`,
  `+${seconds}`,
  `${seconds}.0`,
  "1e400",
  "1.8e9",
  "0x6b49d200",
  "NaN",
  "9".repeat(13),
  `${seconds}, ${seconds}`,
])("W4 the time %j is refused, whatever was signed", (timestamp) => {
  expect(check(timestamp, sign(bytes("{}"), String(timestamp)))).toBe(false);
});

test("W7 bodies that differ only in malformed bytes have different signatures", () => {
  const timestamp = String(seconds);
  const signature = sign(Uint8Array.of(0xff), timestamp);
  expect(check(timestamp, signature, Uint8Array.of(0xff))).toBe(true);
  expect(check(timestamp, signature, Uint8Array.of(0xfe))).toBe(false);
});

test("W1 one changed byte of the body or the signature is refused", () => {
  const timestamp = String(seconds);
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (body, at, change) => {
        const signature = sign(body, timestamp);
        const other = Uint8Array.from(body);
        const place = at % body.length;
        other[place] = (body[place] ?? 0) ^ change;
        expect(check(timestamp, signature, body)).toBe(true);
        expect(check(timestamp, signature, other)).toBe(false);
      },
    ),
  );
});
