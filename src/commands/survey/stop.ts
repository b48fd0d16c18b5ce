/** `/survey stop all`: a card that says what stopping all questions does, with the button that does it. */

import { STOP_ROLES } from "../../admin/stop/stop-actions.ts";
import { stopCard } from "../../admin/stop/stop-card.ts";
import { textsFor } from "../../locales/index.ts";
import { lineReply } from "../../messages.ts";
import type { AdminCommand } from "../command.ts";

/** What stands for every survey. */
export const ALL = "all";

export const surveyStopCommand: AdminCommand = {
  name: "stop",
  roles: STOP_ROLES,
  options: [{ name: "what", words: [ALL] }],
  async act(engine, { text, ...reader }) {
    const asked = text.trim().toLowerCase();
    // One survey is paused: nothing is stopped that nobody named.
    if (asked !== "" && asked !== ALL)
      return lineReply(reader.language, textsFor(reader.language).text("stop.one", { key: asked }));
    return { kind: "message", message: await stopCard({ engine, db: engine.db, reader }) };
  },
};
