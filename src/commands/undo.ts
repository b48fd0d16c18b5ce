/** `/aftertalk undo`: the latest changes, each with a button to take it back. */
import { changesPage } from "../admin/change-set-list.ts";
import type { AdminCommand } from "./command.ts";

export const undoCommand: AdminCommand = {
  name: "undo",
  roles: ["admin"],
  async act(engine, reader) {
    const context = { engine, db: engine.db, now: engine.clock.now(), reader };
    return { kind: "message", message: await changesPage(context, 0) };
  },
};
