/** The beginning of the way out: a message in the ledger, and the job that sends it. */
import type { Engine, Work } from "../engine.ts";
import { type NewDelivery, planDelivery } from "../store/new-delivery.ts";

/** Puts a message in to be sent soon; false when one with its key is there already. */
export async function post(
  engine: Pick<Engine, "jobs">,
  work: Work,
  delivery: NewDelivery,
): Promise<boolean> {
  const deliveryId = await planDelivery(work.transaction, delivery);
  if (deliveryId === undefined) return false;
  const { workspaceId } = delivery;
  await engine.jobs.enqueue(work.transaction, "deliver", { workspaceId, deliveryId });
  work.wake.add("deliver");
  return true;
}
