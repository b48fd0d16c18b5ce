/** The button of the status card: what failed at every try is tried once more. */
import { redriveIn } from "../../scheduling/jobs/dead-jobs.ts";
import { audit } from "../../store/audit.ts";
import { listDeadJobs } from "../../store/dead-jobs.ts";
import type { AdminAction } from "../admin-action.ts";
import { statusCard } from "./status-card.ts";

/** So many at a press: more are pressed for again. */
const MOST = 200;

export const jobsAgain: AdminAction = {
  roles: ["admin"],
  screen: statusCard,
  async press(context) {
    const { engine, db, now, reader, work } = context;
    const { workspace, person } = reader;
    const jobs = (await listDeadJobs(db, workspace.id)).slice(0, MOST);
    for (const { id } of jobs) await redriveIn(engine, work, workspace.id, id);
    if (jobs.length > 0) {
      const details = { jobs: jobs.length };
      await audit(db, workspace.id, now, { actor: person.id, action: "jobs.again", details });
    }
    return { kind: "update", message: await statusCard(context) };
  },
};
