/** Where support chats are, as a platform knows it. */

/** A user group, or a role of a server. */
export interface PlatformGroup {
  readonly id: string;
  /** As people there mention it: "@support". */
  readonly name: string;
}

/** A place in which support chats are looked for, because the operator said so. */
export interface SupportPlace {
  /** As people there see it: "#help". */
  readonly name: string;
  /**
   * `absent`: there is none of that name, or it is not shown to us; `outside`: it is there, and we are not
   * in it or may not do our work there.
   */
  readonly state: "ready" | "absent" | "outside" | "archived";
  /** What we are not allowed there, by the platform's own words; empty when that is not the reason. */
  readonly lacks: readonly string[];
}
