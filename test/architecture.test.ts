import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** Every import of a file: static, dynamic and type-only, as written and as a path from the root. */
interface Import {
  readonly from: string;
  readonly text: string;
  /** Path from the root for relative imports, the package name for others. */
  readonly target: string;
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), "utf8");
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']/g;
  return [...source.matchAll(pattern)].map(([, text = ""]) => ({
    from: file,
    text,
    target: text.startsWith(".") ? relative(root, resolve(root, dirname(file), text)) : text,
  }));
}

/** Where the parts are put together: what is allowed there is allowed nowhere else. */
const isWiring = (file: string) =>
  file === join("src", "main.ts") || file.startsWith(join("src", "wiring", "/"));
const core = filesUnder("src").filter((file) => !isWiring(file));
/** What adapters share, beside the platforms' own folders. */
const COMMON = "common";
const rooms = readdirSync(join(root, "adapters"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const adapters = rooms.filter((room) => room !== COMMON);
const shown = ({ from, text }: Import) => `${from} imports ${text}`;

test("the core names no platform: nothing in src but main.ts and wiring imports an adapter or a platform's library", () => {
  const offenders = core
    .flatMap(importsOf)
    .filter(
      ({ target }) => target.startsWith("adapters") || /^(@slack\/|discord\.js)/.test(target),
    );
  expect(offenders.map(shown)).toEqual([]);
});

const known = ["platform.ts", "errors.ts", "log.ts"].map((file) => join("src", file));

/** Imports of an adapters' room that lead neither into itself, the allowed rooms, nor to the port. */
function strayImports(room: string, allowed: readonly string[]): Import[] {
  const own = [room, ...allowed].map((name) => join("adapters", name, "/"));
  return filesUnder(join("adapters", room))
    .flatMap(importsOf)
    .filter(({ text }) => text.startsWith("."))
    .filter(
      ({ target }) => !known.includes(target) && !own.some((path) => target.startsWith(path)),
    );
}

test("adapters know only the port, errors and logs of the core, what they share, and never one another", () => {
  expect(adapters.flatMap((name) => strayImports(name, [COMMON])).map(shown)).toEqual([]);
});

test("what adapters share knows no adapter, no platform's library, and is used by two at least", () => {
  const shared = filesUnder(join("adapters", COMMON));
  const libraries = shared.flatMap(importsOf).filter(({ text }) => !/^(\.|node:)/.test(text));
  expect([...strayImports(COMMON, []), ...libraries].map(shown)).toEqual([]);
  const lonely = shared.filter((file) => {
    const users = adapters.filter((name) =>
      filesUnder(join("adapters", name)).some((from) =>
        importsOf(from).some(({ target }) => target === file),
      ),
    );
    return users.length < 2;
  });
  expect(lonely).toEqual([]);
});

test("every adapter has the agreed files", () => {
  for (const adapter of adapters) {
    const files = readdirSync(join(root, "adapters", adapter));
    for (const agreed of ["index.ts", "receive.ts", "render.ts", "errors.ts"]) {
      expect(files, `adapters/${adapter}`).toContain(agreed);
    }
  }
});

test("only main.ts reads the environment", () => {
  const others = filesUnder("src").filter((file) => file !== join("src", "main.ts"));
  const offenders = [
    ...others,
    ...rooms.flatMap((name) => filesUnder(join("adapters", name))),
  ].filter((file) => /process\s*\.\s*env|process\[/.test(readFileSync(join(root, file), "utf8")));
  expect(offenders).toEqual([]);
});

test("rows stay in the store: only the store builds queries", () => {
  const builders = /\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\bsql`/;
  const offenders = core.filter(
    (file) =>
      !file.startsWith(join("src", "store")) &&
      builders.test(readFileSync(join(root, file), "utf8")),
  );
  expect(offenders).toEqual([]);
});

test("metrics, gates and conversations are pure: no database, no clock, no chance", () => {
  const pure = core.filter(
    (file) =>
      file.startsWith(join("src", "metrics")) ||
      file.startsWith(join("src", "surveys")) ||
      file === join("src", "scheduling", "gates", "gates.ts"),
  );
  const impure = /Date\.now\(|new Date\(\)|Math\.random\(|Temporal\.Now/;
  const offenders = pure.filter((file) => {
    const code = readFileSync(join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const databases = importsOf(file).some(
      ({ text, target }) =>
        target === "kysely" ||
        (target.startsWith(join("src", "store")) && !text.endsWith("schema.ts")),
    );
    return impure.test(code) || databases;
  });
  expect(offenders).toEqual([]);
});

test("no file is longer than 300 lines", () => {
  const all = [...filesUnder("src"), ...filesUnder("migrations"), ...filesUnder("adapters")];
  const long = all.filter(
    (file) => readFileSync(join(root, file), "utf8").split("\n").length > 301,
  );
  expect(long).toEqual([]);
});
