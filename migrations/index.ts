import type { Migration } from "kysely/migration";
import { up as house } from "./0001_house.ts";
import { up as asking } from "./0002_asking.ts";
import { up as places } from "./0003_places.ts";
import { up as reading } from "./0004_reading.ts";
import { up as people } from "./0005_people.ts";
import { up as cases } from "./0006_cases.ts";
import { up as schedules } from "./0007_schedules.ts";
import { up as counts } from "./0008_counts.ts";
import { up as writing } from "./0009_writing.ts";
import { up as compactCounts } from "./0010_compact_counts.ts";
import { up as configuration } from "./0011_configuration.ts";
import { up as keptChanges } from "./0012_kept_changes.ts";

/**
 * Every migration, forward only, by the name under which it is recorded. Listed by hand so that
 * the same list works from sources and from a compiled package.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  "0001_house": { up: house },
  "0002_asking": { up: asking },
  "0003_places": { up: places },
  "0004_reading": { up: reading },
  "0005_people": { up: people },
  "0006_cases": { up: cases },
  "0007_schedules": { up: schedules },
  "0008_counts": { up: counts },
  "0009_writing": { up: writing },
  "0010_compact_counts": { up: compactCounts },
  "0011_configuration": { up: configuration },
  "0012_kept_changes": { up: keptChanges },
};
