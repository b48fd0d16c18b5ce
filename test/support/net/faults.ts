/** Failures on demand, of whatever kinds an emulator knows: who asked for them, and whose turn it is. */
export interface Faults<Call, Fault> {
  /** `method` "*" is every method; `times` defaults to 1, Infinity until the result is called. */
  add(
    method: string,
    fault: Fault | ((call: Call) => Fault | undefined),
    times: number,
  ): () => void;
  take(call: Call): Fault | undefined;
}

export function createFaults<
  Call extends { readonly method: string },
  Fault extends object,
>(): Faults<Call, Fault> {
  const plans = new Set<{
    method: string;
    fault: Fault | ((call: Call) => Fault | undefined);
    left: number;
  }>();
  return {
    add(method, fault, times) {
      const plan = { method, fault, left: times };
      plans.add(plan);
      return () => {
        plans.delete(plan);
      };
    },
    take(call) {
      for (const plan of plans) {
        if (plan.method !== "*" && plan.method !== call.method) continue;
        const fault = typeof plan.fault === "function" ? plan.fault(call) : plan.fault;
        if (fault === undefined) continue;
        plan.left -= 1;
        if (plan.left <= 0) plans.delete(plan);
        return fault;
      }
      return undefined;
    },
  };
}
