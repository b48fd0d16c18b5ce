/** Reads a configuration file as everything here knows it: the workspace, and the platforms. */
import { labelOf } from "../admin/preview/platforms.ts";
import { isFields, type KnownToFile } from "../configuration/file/filed.ts";
import {
  type ReadConfigurationFile,
  readConfigurationFile,
} from "../configuration/file/read-file.ts";
import { peopleIn } from "../configuration/file/read-roles.ts";
import { readYaml } from "../configuration/file/yaml-document.ts";
import { readKnownToFile } from "../store/configuration-file.ts";
import type { Db } from "../store/schema.ts";
import type { Workspace } from "../store/workspaces.ts";
import type { SurveyPlatform } from "../surveys/check/check.ts";
import type { CliContext } from "./context.ts";

/** The file with what is wrong in it; `known` is missing where there is no database to look into. */
export async function readConfig(
  { tools, clock }: Pick<CliContext, "tools" | "clock">,
  text: string,
  known: KnownToFile | undefined,
): Promise<ReadConfigurationFile> {
  const platforms = await platformsOf(tools, known);
  return readConfigurationFile(text, known, { platforms, now: clock.now() });
}

/** Those that are connected; all of them while nobody knows. */
function platformsOf(
  tools: CliContext["tools"],
  known: KnownToFile | undefined,
): Promise<SurveyPlatform[]> {
  const refs = [...(known?.connections.keys() ?? [])];
  const connected = new Set(refs.map((ref) => ref.slice(0, ref.indexOf(":"))));
  const asked = tools.filter(({ name }) => known === undefined || connected.has(name));
  return Promise.all(
    asked.flatMap(({ name, outline }) =>
      outline === undefined
        ? []
        : [outline().then((it) => ({ label: labelOf(name), outline: it }))],
    ),
  );
}

/** What is known to what the file names. */
export function readForFile(db: Db, workspace: Workspace, text: string): Promise<KnownToFile> {
  const file = readYaml(text);
  const value = "problems" in file ? undefined : file.value;
  return readKnownToFile(db, workspace, peopleIn(isFields(value) ? value.roles : undefined));
}
