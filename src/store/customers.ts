/** Who is a customer of whom data is real. */
import { type RawBuilder, sql } from "kysely";

/** Of a row of people; whether they may be asked is for the gates. */
export function isCustomer(people: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${people}.${name}`);
  return sql<boolean>`(${column("role")} = 'customer' and not ${column("bot")}
    and not ${column("test")} and ${column("source")} <> 'sample')`;
}
