/** The first run: four questions, a proposal, a yes; and whoever may not. */
import { mistaken, type Story } from "./story.ts";

export const refusals: Story = async ({ lead, admin, second, names }) => {
  // Nobody is known before they did something.
  await second.asks({ command: "aftertalk help", line: "" });
  await lead.asks({ command: "survey new", line: "" }, "refused-lead");
  await lead.asks({ command: "survey status", line: "" }, "status-lead");
  await admin.asks({ command: "survey new", line: "" }, "refused-perhaps");
  if (admin.hasButtons()) return;
  // On platforms only some are admins by themselves: the others are named.
  const { text } = second.texts;
  const options = { role: "admin", person: names.admin };
  await second.asks(
    { command: "aftertalk roles", line: `admin ${names.admin}`, options },
    "naming",
  );
  await second.presses(text("roles.give", { role: text("roles.role.admin") }), "named");
};

export const setup: Story = async ({ admin, names }) => {
  const { text } = admin.texts;
  await admin.asks({ command: "aftertalk setup", line: "" }, "setup-1");
  await admin.presses(text("setup.next"), "setup-1-missing");
  await admin.presses(text("setup.goal.loyalty"));
  await admin.presses(text("setup.goal.leaving"));
  await admin.presses(text("setup.market.choice"), "setup-1-chosen");
  await admin.presses(text("setup.next"), "setup-2");
  await admin.presses(text("setup.next"), "setup-3");
  const adding = (["some", "none"] as const).map((groups) => text("setup.leads.add", { groups }));
  await admin.presses(adding.find((label) => admin.has(label)) ?? "", "setup-3-form");
  const who = text("setup.leads.who");
  await mistaken(admin, { [who]: "Nobody Atall" }, "setup-3-form");
  await admin.fills({ [who]: names.second }, "setup-3-added");
  await admin.presses(text("setup.next"), "setup-4");
  await admin.presses(text("setup.hours.change"), "setup-4-form");
  const zone = text("setup.hours.zone");
  const hours = text("setup.hours.work");
  await mistaken(admin, { [zone]: "Mars", [hours]: "9 to never" }, "setup-4-form");
  await admin.fills({ [zone]: "Berlin", [hours]: "8:00–16:30" }, "setup-4-changed");
  await admin.presses(text("setup.next"), "setup-proposal");
  await admin.presses(text("setup.on"), "setup-on");
  await admin.asks({ command: "aftertalk setup", line: "" }, "setup-again");
};
