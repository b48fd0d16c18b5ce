/** `/aftertalk setup`: four questions and a proposal; typed again it goes on where it was. */

import { beginDraft } from "../admin/draft-kind.ts";
import { newContent, readContent } from "../admin/setup/content.ts";
import { setupCardAhead } from "../admin/setup/setup.ts";
import { openDrafts } from "../store/drafts.ts";
import type { AdminCommand } from "./command.ts";

export const setupCommand: AdminCommand = {
  name: "setup",
  roles: ["admin"],
  async act(engine, { workspace, person, language, connection }) {
    const drawing = {
      engine,
      db: engine.db,
      now: engine.clock.now(),
      ...{ reader: { workspace, person, language }, connection },
    };
    const drafts = await openDrafts(engine.db, workspace.id, person.id);
    for (const kept of drafts.filter(({ kind }) => kind === "setup")) {
      const content = readContent(kept.content);
      if (content === undefined) continue;
      return { kind: "message", message: await setupCardAhead(drawing, { ...kept, content }) };
    }
    const draft = await beginDraft(drawing, {
      ...{ kind: "setup", about: "", base: null, content: newContent },
    });
    return { kind: "message", message: await setupCardAhead(drawing, draft) };
  },
};
