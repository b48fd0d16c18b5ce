/**
 * Statements whose text is put together once: of one that comes again all the time that is as much
 * work as the database has with it. Each run only works out what stands in the places of the text.
 */
import { CompiledQuery, type RawBuilder, sql } from "kysely";
import type { Db } from "./schema.ts";

/** A place for what each run gives. The same function is the same place. */
export type Place<Given> = (value: (given: Given) => unknown) => RawBuilder<never>;

export interface MadeOnce<Given, Row> {
  run(db: Db, given: Given): Promise<Row[]>;
}

/** `build` is called once; all that differs between runs goes through `place`. */
export function madeOnce<Given, Row>(
  build: (place: Place<Given>) => RawBuilder<Row>,
): MadeOnce<Given, Row> {
  const values: ((given: Given) => unknown)[] = [];
  const place: Place<Given> = (value) => {
    const known = values.indexOf(value);
    const index = known < 0 ? values.push(value) - 1 : known;
    return sql.raw(`$${index + 1}`);
  };
  let text: string | undefined;
  return {
    async run(db, given) {
      text ??= textOf(build(place), db);
      const parameters = values.map((value) => value(given));
      return (await db.executeQuery<Row>(CompiledQuery.raw(text, parameters))).rows;
    },
  };
}

function textOf(statement: RawBuilder<unknown>, db: Db): string {
  const { sql: text, parameters } = statement.compile(db);
  // They would have the numbers of the places.
  if (parameters.length > 0) throw new Error("a value of one run in a text for all of them");
  return text;
}
