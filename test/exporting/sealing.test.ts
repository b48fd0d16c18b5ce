import { expect, test } from "vitest";
import { answerColumns } from "../../src/exporting/columns.ts";
import { openSealed, sealedCells } from "../../src/exporting/sealing.ts";
import { createVault } from "../../src/vault.ts";
import { vault } from "../importing/support.ts";

const cells = { promise: "totals", kind: "answer", score: 3, comment: "slow", team: "Billing" };
const sealedOf = (workspaceId: number, comment = cells.comment) =>
  String(sealedCells(vault, workspaceId, answerColumns, { ...cells, comment }).sealed);

test("N7 of a sealed row only the promise is read, not even how long its words are", () => {
  const row = sealedCells(vault, 1, answerColumns, cells);
  expect(Object.keys(row)).toEqual(["promise", "kind", "sealed"]);
  expect(sealedOf(1)).not.toBe(sealedOf(1));
  expect(sealedOf(1, "x".repeat(300))).toHaveLength(sealedOf(1).length);
});

test("N7 it is opened where it comes from, in no other workspace and by no other secret", () => {
  const sealed = sealedOf(1);
  expect(JSON.parse(openSealed(vault, 1, sealed))).toMatchObject({ comment: "slow", score: "3" });
  expect(() => openSealed(vault, 2, sealed)).toThrow();
  const other = createVault({ secret: "another secret of the tests, long enough" });
  expect(() => openSealed(other, 1, sealed)).toThrow();
});

test("N7 a row that is put together of two, cut or altered is opened nowhere", () => {
  const [one, other] = [sealedOf(1), sealedOf(1, "fine")];
  const half = Math.floor(one.length / 2);
  const letter = one.at(half) === "A" ? "B" : "A";
  for (const forged of [
    one.slice(0, half) + other.slice(half),
    one.slice(0, -4),
    one.slice(0, half) + letter + one.slice(half + 1),
    "",
  ])
    expect(() => openSealed(vault, 1, forged)).toThrow();
});
