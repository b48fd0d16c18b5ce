/** What keeps a text from being YAML, in words that say what to do. */
import type { YAMLError } from "yaml";

/** The library's own words where they are plain enough. */
export function sayYamlError({ code, message, pos }: YAMLError, source: string): string {
  switch (code) {
    case "TAB_AS_INDENT":
      return "lines are indented with spaces, not with tabs";
    case "DUPLICATE_KEY":
      return `${JSON.stringify(nameAt(source, pos[0]))} is here twice; names are unique: keep one of them`;
    case "MULTIPLE_DOCS":
      return "it is one file: take the line --- away, and what is behind it elsewhere";
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return "a text that holds “: ” is written in quotes, or as a block behind |-";
    case "BAD_INDENT":
      if (message.startsWith("Flow")) return "a list or group in brackets is not closed by ] or }";
      return "it does not stand where the lines around it do: mend how far it is indented";
    case "MISSING_CHAR":
      return message.startsWith("Missing closing")
        ? "a text in quotes has no quote at its end"
        : inQuotes;
    case "BAD_ALIAS":
    case "BAD_SCALAR_START":
    case "UNEXPECTED_TOKEN":
      return inQuotes;
    case "BAD_DQ_ESCAPE":
      return "\\ means something in double quotes: write it twice, or the text in single quotes";
    default:
      return message;
  }
}

const inQuotes =
  "from here on it is not understood: a text with * & ! | > % @ ` or with { } [ ] , : # in it is written in quotes";

function nameAt(source: string, offset: number): string {
  return /^[^:\n]{0,40}/.exec(source.slice(offset))?.[0]?.trim() ?? "";
}
