/** `/aftertalk` and `/aftertalk help`: what can be asked, with examples. */
import { textsFor } from "../locales/index.ts";
import { metricNames } from "../metrics/metric.ts";
import { type Command, readerRoles } from "./command.ts";

/** The slash commands of their own; everything else is a word behind /aftertalk. */
const shortNames = new Set<string>(["nps", "ces", "csat"]);

export const helpCommand: Command = {
  name: "help",
  roles: readerRoles,
  async run(_context, { language }) {
    const texts = textsFor(language);
    const rows = [
      ...metricNames.map((metric) => {
        const command = shortNames.has(metric) ? `/${metric} week` : `/aftertalk ${metric} week`;
        return [command, texts.text(`help.${metric}`)] as const;
      }),
      ["/feedback week", texts.text("help.feedback")] as const,
      ["/feedback my data", texts.text("help.rights")] as const,
      ["/aftertalk cases month", texts.text("help.cases")] as const,
      ["/aftertalk silent month", texts.text("help.silent")] as const,
      ["/aftertalk quotes", texts.text("help.quotes")] as const,
      ["/aftertalk home", texts.text("help.home")] as const,
      ["/aftertalk link @Dana dana@acme.com", texts.text("help.link")] as const,
      ["/survey", texts.text("help.survey")] as const,
      ["/aftertalk after-chat csat", texts.text("help.after-chat")] as const,
      ["/aftertalk sample [remove]", texts.text("help.sample")] as const,
    ];
    return {
      kind: "message",
      message: {
        summary: texts.text("help.title"),
        parts: [
          { kind: "heading", text: texts.text("help.title") },
          { kind: "text", text: texts.text("help.intro") },
          { kind: "facts", rows },
          { kind: "note", text: texts.text("help.periods") },
          { kind: "note", text: texts.text("help.filters") },
        ],
        locale: language,
      },
    };
  },
};
