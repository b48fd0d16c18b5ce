/** What somebody typed into our commands, as the core reads it. Pure. */
import type { CommandOptionSpec, CommandSpec } from "../../../src/platform.ts";

/** What was typed: an option of a command, as discord.js's `options.data` and the payload have it. */
export interface TypedOption {
  readonly name: string;
  readonly value?: string | number | boolean | undefined;
  readonly options?: readonly TypedOption[] | undefined;
  readonly focused?: boolean | undefined;
}

/** The command's name and the text behind it, as if it had been typed on one line. */
export function textOf(
  typed: readonly TypedOption[],
  spec: CommandSpec,
): { readonly name: string; readonly text: string } {
  return { name: spec.name, text: wordsOf(typed, spec).join(" ") };
}

function wordsOf(typed: readonly TypedOption[], spec: CommandSpec): string[] {
  const inner = below(typed, spec);
  if (inner !== undefined) return [inner.spec.name, ...wordsOf(inner.typed, inner.spec)];
  return spec.options.flatMap(({ name, prefix = "" }) => {
    const value = typed.find((option) => option.name === name)?.value;
    // Who and what is mentioned is named by id.
    const words = String(value ?? "")
      .replace(/<@!?(\d+)>/g, "discord:$1")
      .replace(/<@&(\d+)>/g, "discord:group:$1")
      .trim();
    return words === "" ? [] : [`${prefix}${words}`];
  });
}

/** The option that somebody is typing in, and what it has so far; undefined for none of ours. */
export function focusedOption(
  typed: readonly TypedOption[],
  spec: CommandSpec,
): { readonly option: CommandOptionSpec; readonly typed: string } | undefined {
  const inner = below(typed, spec);
  if (inner !== undefined) return focusedOption(inner.typed, inner.spec);
  const focused = typed.find((option) => option.focused === true);
  const option = spec.options.find(({ name }) => name === focused?.name);
  return option && { option, typed: String(focused?.value ?? "") };
}

/** The command behind this one that was used. */
function below(typed: readonly TypedOption[], { commands = [] }: CommandSpec) {
  const [first] = typed;
  const spec = commands.find(({ name }) => name === first?.name);
  return spec && { spec, typed: first?.options ?? [] };
}
