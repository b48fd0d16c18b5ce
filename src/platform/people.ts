/** Who somebody is on a platform, and what they may do. */

/** What somebody may do, from the lowest to the highest. */
export const roles = ["customer", "viewer", "agent", "lead", "admin"] as const;
export type Role = (typeof roles)[number];

/** Roles that the core grants to people, and to groups or roles of a platform. */
export type GrantedRole = Exclude<Role, "customer">;

/** The highest of several roles. */
export function highest(...all: readonly Role[]): Role {
  return roles.findLast((role) => all.includes(role)) ?? "customer";
}

/** A user as the platform knows them. `bot` users are never asked and never count as a human reply. */
export interface PlatformUser {
  readonly externalId: string;
  /** Absent when the platform could not be asked just now: a name that is known stays. */
  readonly name?: string;
  /** With what was granted here, as far as the adapter knows: enough to tell the team from customers. */
  readonly role: Role;
  /**
   * Without what was granted here, where the adapter knows of that: the core adds what is granted at this
   * moment, at each use.
   */
  readonly ownRole?: Role;
  /** Why they have it: `owner`, `rights` (on the platform), or the name of the operator's setting. */
  readonly roleBy?: string;
  /** The platform could not be asked just now: their role may be a higher one. */
  readonly roleUnsure?: true;
  /** The platform's ids of the user groups or roles that they are in; absent when it is not known. */
  readonly groups?: readonly string[];
  /** BCP 47 tag, when the platform tells it. */
  readonly locale?: string;
  /** IANA time zone, when the platform tells it. */
  readonly timeZone?: string;
  /** Only an address that the platform has verified: it says who else this is. */
  readonly email?: string;
  readonly bot?: boolean;
}

/** What was granted on a connection: to its users, and to its groups or roles, by the platform's ids. */
export interface Granted {
  readonly users: ReadonlyMap<string, GrantedRole>;
  readonly groups: ReadonlyMap<string, GrantedRole>;
}
