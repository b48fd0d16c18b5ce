/** Pictures in blocks that name an uploaded file ("Image block", slack_file). */
import type { Json, Team, UploadedFile } from "./model.ts";
import { Refusal } from "./refusal.ts";

/** How Slack says that a file is not there, is not the app's, or was not looked into yet. */
export const INVALID_FILE = "invalid slack file";

/** Refuses blocks that show a file before Slack is ready to show it: invalid_blocks. */
export function checkPictures(
  files: ReadonlyMap<string, UploadedFile>,
  team: Team,
  blocks: readonly Json[] | undefined,
): void {
  const complaints = [...slackFiles(blocks, "/blocks")].flatMap(({ id, at }) => {
    const file = [...files.values()].find((known) => known.id === id || urlOf(known) === id);
    const shown = file?.team === team && file.state === "ready" && !file.deleted;
    return shown ? [] : [`${INVALID_FILE} [json-pointer:${at}]`];
  });
  if (complaints.length === 0) return;
  throw new Refusal("invalid_blocks", {
    errors: complaints,
    response_metadata: { messages: complaints.map((said) => `[ERROR] ${said}`) },
  });
}

/** The address of a file for those who are signed in; blocks may name a file by it. */
export function urlOf(file: UploadedFile): string {
  return `https://files.slack.com/files-pri/${file.team.workspaceId}-${file.id}/${file.name}`;
}

function* slackFiles(value: unknown, at: string): Generator<{ id: unknown; at: string }> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    const here = `${at}/${name}`;
    if (name === "slack_file" && typeof child === "object" && child !== null) {
      yield { id: "id" in child ? child.id : "url" in child ? child.url : undefined, at: here };
    } else yield* slackFiles(child, here);
  }
}
