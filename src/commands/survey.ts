/** `/survey …`: what is asked, when and whom, and why. */
import { type AdminCommand, readerRoles } from "./command.ts";
import { surveyArchiveCommand } from "./survey/archive.ts";
import { surveyDraftsCommand } from "./survey/drafts.ts";
import { surveyEditCommand } from "./survey/edit.ts";
import { surveyHistoryCommand } from "./survey/history.ts";
import { surveyListCommand } from "./survey/list.ts";
import { surveyNewCommand } from "./survey/new.ts";
import { surveyPauseCommand } from "./survey/pause.ts";
import { surveyResumeCommand } from "./survey/resume.ts";
import { surveyScheduleCommand } from "./survey/schedule.ts";
import { surveyStatusCommand } from "./survey/status.ts";
import { surveyStopCommand } from "./survey/stop.ts";
import { surveyTryCommand } from "./survey/try.ts";
import { surveyWhyCommand } from "./survey/why.ts";

/** In the order of lists. */
const behind: readonly AdminCommand[] = [
  surveyListCommand,
  surveyNewCommand,
  surveyEditCommand,
  surveyTryCommand,
  surveyDraftsCommand,
  surveyHistoryCommand,
  surveyScheduleCommand,
  surveyStatusCommand,
  surveyWhyCommand,
  surveyPauseCommand,
  surveyResumeCommand,
  surveyArchiveCommand,
  surveyStopCommand,
];

export const surveyCommand: AdminCommand = {
  name: "survey",
  // What is behind it is for admins, but for what leads may know; each says so.
  roles: readerRoles,
  commands: behind,
  act: (engine, request) =>
    request.person.role === "admin"
      ? surveyListCommand.act(engine, request)
      : surveyStatusCommand.act(engine, request),
};
