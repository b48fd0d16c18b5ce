/** Every kind of draft that there is. */
import type { DraftKind } from "../store/drafts.ts";
import type { DraftKindEntry } from "./draft-kind.ts";
import { rolesDraftKind } from "./roles/draft.ts";
import { scheduleDraftKind } from "./schedule/draft.ts";
import { settingsDraftKind } from "./settings/draft.ts";
import { setupDraftKind } from "./setup/setup.ts";
import { surveyDrafts } from "./survey/kind.ts";

/** With what a draft of each kind is begun, or found again. */
export const draftCommands: Readonly<Record<DraftKind, string>> = {
  roles: "/aftertalk roles",
  settings: "/aftertalk settings",
  setup: "/aftertalk setup",
  schedule: "/survey schedule",
  survey: "/survey list",
  trial: "/survey try",
};

export const draftKinds: Readonly<Partial<Record<DraftKind, DraftKindEntry>>> = {
  roles: rolesDraftKind,
  settings: settingsDraftKind,
  setup: setupDraftKind,
  schedule: scheduleDraftKind,
  survey: surveyDrafts,
};
