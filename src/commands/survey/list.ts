/** `/survey list`: which surveys there are, what asks them, and what they ask. */
import { listCard } from "../../admin/survey/list.ts";
import type { AdminCommand } from "../command.ts";

export const surveyListCommand: AdminCommand = {
  name: "list",
  roles: ["lead", "admin"],
  async act(engine, reader) {
    return { kind: "message", message: await listCard({ engine, db: engine.db, reader }) };
  },
};
