/** `/aftertalk settings`: what the workspace has set for itself, and the forms that change it. */
import { SETTINGS_ROLES } from "../admin/settings/settings-actions.ts";
import { settingsCard } from "../admin/settings/settings-card.ts";
import type { AdminCommand } from "./command.ts";

export const settingsCommand: AdminCommand = {
  name: "settings",
  roles: SETTINGS_ROLES,
  async act(engine, reader) {
    return { kind: "message", message: await settingsCard({ engine, db: engine.db, reader }) };
  },
};
