/** `/survey …`: what is asked, when and whom, and why. */
import type { AdminCommand } from "./command.ts";
import { surveyListCommand } from "./survey/list.ts";

/** In the order of lists. */
const behind: readonly AdminCommand[] = [surveyListCommand];

export const surveyCommand: AdminCommand = {
  name: "survey",
  roles: ["admin"],
  commands: behind,
  act: surveyListCommand.act,
};
