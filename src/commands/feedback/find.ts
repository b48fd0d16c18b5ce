/** Looks through what customers wrote until a page is full, or enough was looked at. */
import type { Level } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import { type Place, readSaid, type Said, type SaidAbout } from "../../store/comments-search.ts";
import type { Db } from "../../store/schema.ts";
import { isFound } from "./words.ts";

/** So many are read at once. */
const BATCH = 500;

/** So many are looked at for one page: about a second. The next page looks further. */
const LOOKED = 20_000;

export interface Wanted extends SaidAbout {
  /** Folded words that all have to be there. */
  readonly terms: readonly string[];
  readonly level: Level | undefined;
  readonly from: Place | null;
  readonly towards: "older" | "newer";
  /** So many at most. */
  readonly limit: number;
}

export interface Found {
  /** Nearest first. */
  readonly said: readonly Said[];
  /** Where looking ended before its end; null when everything was looked at. */
  readonly until: Place | null;
}

export async function findSaid(db: Db, wanted: Wanted): Promise<Found> {
  const { terms, level, towards, limit } = wanted;
  const said: Said[] = [];
  let { from } = wanted;
  for (let looked = 0; looked < LOOKED; looked += BATCH) {
    const size = terms.length === 0 && level === undefined ? limit : BATCH;
    const rows = await readSaid(db, wanted, { from, towards, limit: size });
    for (const row of rows) {
      from = row;
      if (!isFound(row.text, terms)) continue;
      if (level !== undefined && levelOf(row) !== level) continue;
      said.push(row);
      if (said.length === limit) return { said, until: row };
    }
    if (rows.length < size) return { said, until: null };
  }
  return { said, until: from };
}

/** How good what was answered first is. */
export function levelOf({ metric, score, level }: Said): Level | null {
  return metric === null || score === null ? level : metrics[metric].levelOf(score);
}
