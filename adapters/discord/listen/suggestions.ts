/** What can be chosen while somebody types a command. */
import type { Suggestion } from "../../../src/platform.ts";
import { within } from "../../common/patience.ts";
import { cut } from "../../common/text.ts";
import { createResponses } from "../answer/responses.ts";
import { focusedOption } from "../commands.ts";
import { discordError } from "../errors.ts";
import type { TypingInteraction } from "../receive/interactions.ts";
import type { FlowOptions } from "./flows.ts";

/** https://docs.discord.com/developers/interactions/application-commands, "Option Choice". */
const CHOICES = 25;
const CHOICE = 100;

/** What can be chosen for what is being typed; nothing when it is not there in time. */
export async function suggest(interaction: TypingInteraction, options: FlowOptions): Promise<void> {
  const found = await within(suggestionsFor(interaction, options), options.times.form);
  const fitting = (found ?? []).filter(({ value }) => value !== "" && value.length <= CHOICE);
  const choices = fitting.slice(0, CHOICES).map(({ label, value }) => ({
    name: cut(label || value, CHOICE),
    value,
  }));
  const responses = createResponses(options.client, interaction, () => undefined);
  await responses.choices(choices).catch((error: unknown) => {
    const { message: reason } = discordError(error);
    options.options.log.info({ reason }, "what can be chosen could not be shown in Discord");
  });
}

async function suggestionsFor(
  interaction: TypingInteraction,
  { options, who, core }: FlowOptions,
): Promise<readonly Suggestion[]> {
  const { command } = interaction;
  try {
    const spec = options.commands.find(({ name }) => name === command.name);
    const focused = spec && focusedOption(command.options, spec);
    const list = focused?.option.suggests;
    if (focused === undefined || list === undefined) return [];
    const actor = await who.find(interaction);
    if (actor === undefined) return [];
    const { guild, from } = actor;
    return await core.suggest({ connection: guild.ref, from, list, typed: focused.typed });
  } catch (error) {
    options.log.warn({ error }, "what can be chosen could not be found");
    return [];
  }
}
