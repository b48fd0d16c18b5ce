/** `/survey …`: what is asked, when and whom, and why. */
import type { AdminCommand } from "./command.ts";
import { surveyArchiveCommand } from "./survey/archive.ts";
import { surveyListCommand } from "./survey/list.ts";
import { surveyPauseCommand } from "./survey/pause.ts";
import { surveyResumeCommand } from "./survey/resume.ts";
import { surveyStopCommand } from "./survey/stop.ts";

/** In the order of lists. */
const behind: readonly AdminCommand[] = [
  surveyListCommand,
  surveyPauseCommand,
  surveyResumeCommand,
  surveyArchiveCommand,
  surveyStopCommand,
];

export const surveyCommand: AdminCommand = {
  name: "survey",
  roles: ["admin"],
  commands: behind,
  act: surveyListCommand.act,
};
