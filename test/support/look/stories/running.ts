/** How it goes and why; what is paused, stopped and put away; who may what, and what was changed. */
import { makeTrouble } from "../furnish.ts";
import { mistaken, type Story, surveyCommand } from "./story.ts";

export const going: Story = async ({ admin, names }) => {
  await admin.asks({ command: "survey status", line: "" }, "status");
  const why = (line: string) => ({ command: "survey why", line, options: { person: line } });
  await admin.asks(why(names.customer), "why");
  await admin.asks(why("Nobody Atall"), "why-nobody");
  await admin.asks({ command: "survey why", line: "" }, "why-whom").catch(() => undefined);
};

export const states: Story = async ({ admin }) => {
  const { text } = admin.texts;
  await admin.asks(surveyCommand("pause", "relationship-nps"), "pause");
  await admin.presses(text("state.do.paused"), "paused");
  await admin.asks(surveyCommand("resume", "relationship-nps"), "resume");
  await admin.presses(text("state.do.on"), "resumed");
  await admin.asks(surveyCommand("archive", "relationship-nps"), "archive");
  await admin.asks(surveyCommand("pause"), "pause-which");
};

export const rights: Story = async ({ admin, names }) => {
  const { text } = admin.texts;
  const roles = (line: string) => {
    const [role = "", person = ""] = line.split(" ");
    return { command: "aftertalk roles", line, options: { role, person } };
  };
  await admin.asks({ command: "aftertalk roles", line: "" }, "roles");
  await admin.asks(roles(`viewer ${names.second}`), "roles-viewer");
  await admin.asks(roles(`admin ${names.second}`), "roles-admin").catch(() => undefined);
  await admin.asks(roles("lead Nobody"), "roles-nobody");
  await admin.asks({ command: "aftertalk settings", line: "" }, "settings");
  for (const group of ["asking", "hours", "access", "retention", "targets"] as const) {
    await admin.presses(text(`setting.group.${group}`), `settings-${group}-form`);
    await admin.asks({ command: "aftertalk settings", line: "" });
  }
  await admin.presses(text("setting.group.retention"));
  const days = text("setting.retention.textsDays");
  await mistaken(admin, { [days]: "soon" }, "settings-retention-form");
  await admin.fills({ [days]: "90" }, "settings-sure");
  await admin.presses(text("settings.do.save"), "settings-saved");
  await admin.asks({ command: "aftertalk audit", line: "" }, "audit");
  await admin.asks({ command: "aftertalk undo", line: "" }, "changes");
  await admin.presses(text("change.undo"), "undone");
};

export const stop: Story = async ({ admin, lead }) => {
  const { text } = admin.texts;
  await admin.asks({ command: "survey stop", line: "all", options: { what: "all" } }, "stop");
  await admin.presses(text("stop.do"), "stopped");
  await lead.newest("leads", "stopped-told");
  await admin.asks({ command: "survey status", line: "" }, "status-stopped");
  await admin.asks({ command: "survey list", line: "" }, "survey-list-stopped");
  await admin.presses(text("stop.resume"), "stop-resumed");
};

/** Last of all: what is wrong then stays wrong. */
export const trouble: Story = async (scenery) => {
  await makeTrouble(scenery);
  await scenery.admin.asks({ command: "survey status", line: "" }, "status-trouble");
};
