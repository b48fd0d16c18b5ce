/** Everybody who lives in the playground. Their ids are part of what the core keeps: do not rename. */
import type { Person } from "./wire.ts";

export const people: readonly Person[] = [
  { id: "dana", name: "Dana", role: "customer" },
  { id: "omar", name: "Omar", role: "customer" },
  { id: "mei", name: "Mei", role: "customer" },
  { id: "ilya", name: "Ilya", role: "customer" },
  { id: "kim", name: "Kim", role: "agent", team: "Billing" },
  { id: "alex", name: "Alex", role: "agent", team: "Technical" },
  // Whoever installs a workspace is its first admin: whose pane is open first can do everything.
  { id: "robin", name: "Robin", role: "admin" },
  { id: "noor", name: "Noor", role: "lead" },
  { id: "ada", name: "Ada", role: "admin" },
];

const byId = new Map(people.map((person) => [person.id, person]));

/** Whether they are in #support: leads and admins. */
export function isInSupport({ role }: Person): boolean {
  return role === "lead" || role === "admin";
}

/** The person with this id, if there is one. */
export function personById(id: string): Person | undefined {
  return byId.get(id);
}
