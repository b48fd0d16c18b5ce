import fc from "fast-check";
import { expect, test } from "vitest";
import {
  asBefore,
  type Link,
  type Settled,
  type Standing,
  settle,
  settleWithout,
} from "../../src/people/humans.ts";

const PAUSES = [100, 200];

const standing = fc
  .record({
    consent: fc.constantFrom("open", "paused", "never"),
    pause: fc.constantFrom(...PAUSES),
    accountId: fc.constantFrom(null, null, "acme", "globex"),
    accountRole: fc.constantFrom(null, "buyer", "user"),
  })
  .map(({ pause, ...rest }) => ({
    ...rest,
    pausedUntil: rest.consent === "paused" ? pause : null,
  }));

/** Rows that are all strangers to one another, and who of them is found to be whom, one by one. */
const stories = fc.array(standing, { minLength: 2, maxLength: 6 }).chain((drawn) =>
  fc.record({
    rows: fc.constant(drawn.map((row, i): Settled => ({ id: `p${i}`, humanId: null, ...row }))),
    pairs: fc.array(fc.tuple(fc.nat(drawn.length - 1), fc.nat(drawn.length - 1)), { maxLength: 8 }),
  }),
);

interface State {
  readonly rows: readonly Settled[];
  readonly links: readonly Link[];
}

/** What mergeHumans does, without a database. */
function link({ rows, links }: State, one: string, other: string): State {
  const human = (id: string) => rows.find((row) => row.id === id)?.humanId ?? id;
  const humans = new Set([human(one), human(other)]);
  if (humans.size === 1) return { rows, links };
  const both = rows.filter((row) => humans.has(human(row.id)));
  const at = links.length;
  const made = {
    id: `m${at}`,
    at,
    kept: one,
    absorbed: other,
    earlier: asBefore(both, links, null),
  };
  return { rows: replaced(rows, settle(both)), links: [...links, made] };
}

/** What unmerge does. */
function unlink({ rows, links }: State, id: string, lastWishAt: number | null = null): State {
  const settled = settleWithout(rows.map(toStanding), links, id, lastWishAt);
  return { rows: replaced(rows, settled), links: links.filter((each) => each.id !== id) };
}

function toStanding({ humanId: _, ...row }: Settled): Standing {
  return row;
}

function replaced(rows: readonly Settled[], by: readonly Settled[]): Settled[] {
  return rows.map((row) => by.find(({ id }) => id === row.id) ?? row);
}

const name = (n: number) => `p${n}`;
const play = (rows: readonly Settled[], pairs: readonly (readonly [number, number])[]): State =>
  pairs.reduce<State>((state, [one, other]) => link(state, name(one), name(other)), {
    rows,
    links: [],
  });
const together = (rows: readonly Settled[]) => rows.map(({ id, humanId }) => humanId ?? id);
const wishes = (rows: readonly Settled[]) =>
  rows.map(({ consent, pausedUntil }) => [consent, pausedUntil]);

test("who is whom and what they want does not depend on the order in which it was found", () => {
  fc.assert(
    fc.property(stories, fc.infiniteStream(fc.boolean()), ({ rows, pairs }, coins) => {
      const forth = play(rows, pairs).rows;
      const turned = [...pairs].reverse().map(([a, b]) => {
        return coins.next().value ? ([b, a] as const) : ([a, b] as const);
      });
      const back = play(rows, turned).rows;
      expect(together(back)).toEqual(together(forth));
      expect(wishes(back)).toEqual(wishes(forth));
    }),
  );
});

test("two of them are linked to the same rows whichever of them is named first", () => {
  fc.assert(
    fc.property(stories, ({ rows }) => {
      expect(play(rows, [[0, 1]]).rows).toEqual(play(rows, [[1, 0]]).rows);
    }),
  );
});

test("taking every link back leaves the rows as they were, in any order", () => {
  fc.assert(
    fc.property(stories, fc.nat(), ({ rows, pairs }, seed) => {
      let state = play(rows, pairs);
      for (let left = state.links; left.length > 0; left = state.links) {
        state = unlink(state, left[seed % left.length]?.id ?? "");
      }
      expect(state.rows).toEqual(rows);
    }),
  );
});

test("taking the last link back leaves what was there before it", () => {
  fc.assert(
    fc.property(stories, ({ rows, pairs }) => {
      const states = pairs.map((_, i) => play(rows, pairs.slice(0, i + 1)));
      const last = states.at(-1);
      const made = last?.links.at(-1);
      const before = [play(rows, []), ...states].findLast(
        (state) => state.links.length === (last?.links.length ?? 0) - 1,
      );
      if (last === undefined || made === undefined || before === undefined) return;
      const after = unlink(last, made.id);
      expect(together(after.rows)).toEqual(together(before.rows));
      expect(wishes(after.rows)).toEqual(wishes(before.rows));
    }),
  );
});

test("everybody of one human wants the same, and nothing weaker than one of them did", () => {
  const strictness = ["open", "paused", "never"];
  fc.assert(
    fc.property(stories, ({ rows, pairs }) => {
      const after = play(rows, pairs).rows;
      for (const row of after) {
        const own = rows.find(({ id }) => id === row.id);
        const same = after.filter((each) => (each.humanId ?? each.id) === (row.humanId ?? row.id));
        expect(same.map(({ consent }) => consent)).toEqual(same.map(() => row.consent));
        expect(strictness.indexOf(row.consent)).toBeGreaterThanOrEqual(
          strictness.indexOf(own?.consent ?? ""),
        );
      }
    }),
  );
});

test("what was said since a link stays with both when it is taken back", () => {
  const [open, never] = [
    { id: "p0", humanId: null, consent: "open" },
    { id: "p1", humanId: null, consent: "never" },
  ].map((row) => ({ pausedUntil: null, accountId: null, accountRole: null, ...row })) as Settled[];
  if (open === undefined || never === undefined) throw new Error("two rows");
  const linked = play([open, never], [[0, 1]]);
  expect(wishes(linked.rows)).toEqual([
    ["never", null],
    ["never", null],
  ]);
  expect(unlink(linked, "m0").rows).toEqual([open, never]);
  // They said "never" again, or for the first time: nobody can tell, and it counts.
  expect(wishes(unlink(linked, "m0", 5).rows)).toEqual([
    ["never", null],
    ["never", null],
  ]);
});

test("somebody without an account joins that of their human, unless there are two of them", () => {
  const row = (id: string, accountId: string | null): Settled => {
    return { id, humanId: null, consent: "open", pausedUntil: null, accountId, accountRole: null };
  };
  const accounts = (...of: (string | null)[]) =>
    settle(of.map((each, i) => row(`p${i}`, each))).map(({ accountId }) => accountId);
  expect(accounts(null, "acme")).toEqual(["acme", "acme"]);
  expect(accounts("acme", "globex", null)).toEqual(["acme", "globex", null]);
});
