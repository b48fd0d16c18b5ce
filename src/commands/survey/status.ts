/** `/survey status`: what is asked just now, what is held back and why, and what needs somebody. */
import { statusCard } from "../../admin/status/status-card.ts";
import { type AdminCommand, readerRoles } from "../command.ts";

export const surveyStatusCommand: AdminCommand = {
  name: "status",
  roles: readerRoles,
  async act(engine, reader) {
    return { kind: "message", message: await statusCard({ engine, db: engine.db, reader }) };
  },
};
