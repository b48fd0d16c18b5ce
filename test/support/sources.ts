import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The TypeScript files under a folder of the repository, as paths from that folder. */
function sourcesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
}

/** The code of those whose path from the folder fits, as one text. */
export function codeUnder(folder: string, fits: (file: string) => boolean = () => true): string {
  return sourcesUnder(folder)
    .filter(fits)
    .map((file) => readFileSync(join(root, folder, file), "utf8"))
    .join("\n");
}
