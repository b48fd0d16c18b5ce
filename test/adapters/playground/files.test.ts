import { expect, test } from "vitest";
import { createFiles } from "../../../adapters/playground/files.ts";

const file = (name: string) => ({
  ...{ name, title: name, mediaType: "text/plain" },
  bytes: new Uint8Array([1]),
});

test("P10 a file is held for an hour", () => {
  let now = 0;
  const files = createFiles(() => now);
  const token = files.hold(file("a.txt"));
  now = 60 * 60 * 1000 - 1;
  expect(files.read(token)?.name).toBe("a.txt");
  now += 1;
  expect(files.read(token)).toBeUndefined();
});

test("whoever asks again and again has the newest fifty", () => {
  const files = createFiles(() => 0);
  const tokens = Array.from({ length: 60 }, (_, index) => files.hold(file(`${index}.txt`)));
  expect(new Set(tokens).size).toBe(60);
  expect(tokens.filter((token) => files.read(token) !== undefined)).toEqual(tokens.slice(10));
});
