/** `/survey drafts`: what is begun and not saved. */
import { draftsCard } from "../../admin/survey/drafts-card.ts";
import type { AdminCommand } from "../command.ts";
import { contextOf } from "./named.ts";

export const surveyDraftsCommand: AdminCommand = {
  name: "drafts",
  roles: ["admin"],
  async act(engine, request) {
    return { kind: "message", message: await draftsCard(contextOf(engine, request)) };
  },
};
