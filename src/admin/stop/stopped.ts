/** What every card says that would ask somebody, while all asking is stopped. */
import { textsFor } from "../../locales/index.ts";
import type { Message, Option, Part } from "../../platform.ts";
import { readSettings } from "../../store/settings.ts";
import { adminButton } from "../admin-action.ts";
import type { DraftContext } from "../draft-kind.ts";

/** What these cards need. */
export type Drawing = Pick<DraftContext, "engine" | "db"> & {
  readonly reader: Pick<DraftContext["reader"], "workspace" | "person" | "language">;
};

export const STOP_ALL = "stop-all";
export const RESUME_ALL = "resume-all";

/** True while nobody of the workspace is asked anything. */
export async function isStopped(db: DraftContext["db"], workspaceId: number): Promise<boolean> {
  return (await readSettings(db, workspaceId)).asking.stopped;
}

/** That all asking is stopped, with a button to resume for whoever may; nothing while it is not. */
export async function stoppedParts(drawing: Drawing): Promise<readonly Part[]> {
  const { db, reader } = drawing;
  if (!(await isStopped(db, reader.workspace.id))) return [];
  const text = textsFor(reader.language).text("stop.is");
  const said: Part = { kind: "text", text };
  if (reader.person.role !== "admin") return [said];
  return [said, { kind: "actions", options: [resumeButton(drawing)] }];
}

/** A card that would ask somebody, with that below its heading while all asking is stopped. */
export async function withStopped(drawing: Drawing, message: Message): Promise<Message> {
  const stopped = await stoppedParts(drawing);
  const [first, ...rest] = message.parts;
  if (stopped.length === 0 || first === undefined) return message;
  const said = first.kind === "heading" ? [first, ...stopped] : [...stopped, first];
  return { ...message, parts: [...said, ...rest] };
}

export function resumeButton(
  drawing: Pick<Drawing, "engine"> & {
    readonly reader: Pick<Drawing["reader"], "workspace" | "language">;
  },
): Option {
  const texts = textsFor(drawing.reader.language);
  return adminButton(drawing, { action: RESUME_ALL, label: texts.text("stop.resume") });
}
