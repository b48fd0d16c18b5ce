/** `/survey new`: first what it is to find out. */
import { beginCard } from "../../admin/survey/begin.ts";
import type { AdminCommand } from "../command.ts";

export const surveyNewCommand: AdminCommand = {
  name: "new",
  roles: ["admin"],
  async act(engine, reader) {
    return { kind: "message", message: beginCard({ engine, reader }) };
  },
};
