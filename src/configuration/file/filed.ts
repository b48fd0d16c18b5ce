/** The configuration as a file says it, and what is wrong in one. */
import type { FiledSchedule } from "../../scheduling/definition/schedule-file.ts";
import type { SurveyDefinition } from "../../surveys/survey.ts";
import type { ChangeOf, GrantedRole, State, Subject } from "../change.ts";
import type { Configuration } from "../configuration.ts";
import type { FieldProblem, Place } from "./yaml-document.ts";

export type Trigger = ChangeOf<"survey">["trigger"];

export interface FiledSurvey {
  readonly key: string;
  /** Not said: as it is; a new one is paused, and asked by schedules. */
  readonly state: State | undefined;
  readonly trigger: Trigger | undefined;
  readonly definition: SurveyDefinition;
}

export interface FiledRole {
  readonly subject: Subject;
  readonly role: GrantedRole;
}

/** `undefined`: the file says nothing about these at all. */
export interface FiledConfiguration {
  /** When the last change was made that the file knows of. */
  readonly asOf: Date | undefined;
  /** By their names with dots. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  readonly surveys: readonly FiledSurvey[] | undefined;
  readonly schedules: readonly FiledSchedule[] | undefined;
  readonly roles: readonly FiledRole[] | undefined;
}

/** A problem as it is found: what it is part of, and at which depth of the path that stands. */
export interface Found extends FieldProblem {
  readonly about?: string;
  readonly depth?: number;
  readonly level?: "warning";
}

/** Something wrong in a file, or to be thought about. */
export interface FileProblem extends Place {
  /** With a warning it can be applied. */
  readonly level: "error" | "warning";
  /** "schedule pulse"; empty for the file itself. */
  readonly about: string;
  /** `trigger.delay`; empty for all of it. */
  readonly field: string;
  readonly message: string;
  /** What stands there, in short. */
  readonly written?: string;
}

/** Somebody who is known by what was written. */
export interface KnownPerson {
  /** The one that stands for the human. */
  readonly personId: string;
  /** All rows of the same human. */
  readonly ids: readonly string[];
}

/** What a file may refer to, and what is set up now. */
export interface KnownToFile {
  readonly now: Configuration;
  /** By `platform:id`, as `slack:T0123ABCD`. */
  readonly connections: ReadonlyMap<string, { readonly id: string }>;
  /** Whom each `person:` of the file names. */
  readonly people: ReadonlyMap<string, readonly KnownPerson[]>;
  readonly company: string;
}

export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An item of a list that has to stand in the file; empty when that is no list. */
export function itemsOf(list: unknown): readonly (readonly [index: number, item: unknown])[] {
  return Array.isArray(list) ? [...list.entries()] : [];
}
