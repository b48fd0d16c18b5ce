/** Every kind of draft that there is. */
import type { DraftKind } from "../store/drafts.ts";
import type { DraftKindEntry } from "./draft-kind.ts";

export const draftKinds: Readonly<Partial<Record<DraftKind, DraftKindEntry>>> = {};
