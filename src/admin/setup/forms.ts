/** The forms of a setup: hours, and who is to have which role. Drawn with what was written, and read. */
import { grantedRoles } from "../../configuration/change.ts";
import { saySetting } from "../../configuration/say-setting.ts";
import type { RoleWish } from "../../configuration/setup/answers.ts";
import { type Texts, textsFor } from "../../locales/index.ts";
import { findHumans } from "../../people/identities.ts";
import type { Form, FormField, PlatformGroup } from "../../platform.ts";
import { readHumans } from "../../store/identities.ts";
import { type DraftContext, draftToken } from "../draft-kind.ts";
import type { Drawing, SetupDraft } from "./content.ts";
import { readHolidays, readHours, readZone } from "./read-hours.ts";

export type Written = Readonly<Record<string, string>>;
/** What is wrong, by field. */
type Problems = Readonly<Record<string, string>>;
type Settings = Readonly<Record<string, unknown>>;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
/** Half a year of holidays by their days. */
const LONGEST_LIST = 2000;

/** `now`: the settings as they are or were wished. */
export function hoursForm(
  drawing: Drawing,
  draft: SetupDraft,
  now: Settings,
  sent?: { readonly values: Written; readonly problems: Problems },
): Form {
  const texts = textsFor(drawing.reader.language);
  const days = texts.text("setup.hours.days");
  const text = (name: string) => String(now[name] ?? "");
  const stretch = (part: string) => `${text(`${part}.from`)}–${text(`${part}.to`)}`;
  const list = (value: unknown) => (Array.isArray(value) ? value.join(", ") : "");
  const choices = WEEKDAYS.map((day) => {
    return { label: saySetting(texts, "hours.days", [day]), value: String(day) };
  });
  const chosen = list(now["hours.days"]).replaceAll(" ", "");
  const fields: FormField[] = [
    field("zone", texts.text("setup.hours.zone"), text("timeZone"), texts.text("setup.hint.zone")),
    field(
      "hours",
      texts.text("setup.hours.work"),
      stretch("hours"),
      texts.text("setup.hint.hours"),
    ),
    { ...field("days", days, chosen), choices, many: true },
    {
      ...field("holidays", texts.text("setup.hours.holidays"), list(now["hours.holidays"])),
      ...{ hint: texts.text("setup.hint.holidays"), required: false, maxLength: LONGEST_LIST },
    },
    field(
      "asked",
      texts.text("setup.hours.asked"),
      stretch("asking"),
      texts.text("setup.hint.hours"),
    ),
  ];
  return formOf(drawing, draft, {
    action: "hours",
    title: texts.text("setup.hours.form"),
    fields,
    sent,
  });
}

function field(name: string, label: string, value: string, hint?: string): FormField {
  return {
    ...{ name, label, multiline: false, required: true, maxLength: 100 },
    ...(value === "" ? {} : { value }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function formOf(
  drawing: Drawing,
  draft: SetupDraft,
  {
    action,
    title,
    fields,
    sent,
  }: {
    readonly action: string;
    readonly title: string;
    readonly fields: readonly FormField[];
    readonly sent: { readonly values: Written; readonly problems: Problems } | undefined;
  },
): Form {
  const texts = textsFor(drawing.reader.language);
  return {
    title,
    submit: {
      label: texts.text("setup.form.send"),
      token: draftToken(drawing, draft.id, action),
    },
    fields: fields.map((each) => {
      const value = sent?.values[each.name];
      const problem = sent?.problems[each.name];
      const { value: before, ...rest } = each;
      const shown = sent === undefined ? before : value;
      return {
        ...rest,
        ...(shown === undefined || shown === "" ? {} : { value: shown }),
        ...(problem === undefined ? {} : { problem }),
      };
    }),
  };
}

/** The settings that were written, or what is wrong with them. */
export function readHoursForm(
  texts: Texts,
  values: Written,
): { readonly settings: Settings } | { readonly problems: Problems } {
  const zone = readZone(values.zone ?? "");
  const hours = readHours(values.hours ?? "");
  const asked = readHours(values.asked ?? "");
  const holidays = readHolidays(values.holidays ?? "");
  const days = (values.days ?? "")
    .split(",")
    .map(Number)
    .filter((day) => WEEKDAYS.includes(day));
  const wrongHours = texts.text("setup.problem.hours");
  const problems: Record<string, string> = {
    ...("zone" in zone
      ? {}
      : { zone: texts.text("setup.problem.zone", { near: zone.near ?? "none" }) }),
    ...(hours === undefined ? { hours: wrongHours } : {}),
    ...(asked === undefined ? { asked: wrongHours } : {}),
    ...(holidays === undefined ? { holidays: texts.text("setup.problem.holidays") } : {}),
    ...(days.length === 0 ? { days: texts.text("setup.problem.days") } : {}),
  };
  if (!("zone" in zone) || hours === undefined || asked === undefined || holidays === undefined)
    return { problems };
  if (days.length === 0) return { problems };
  return {
    settings: {
      timeZone: zone.zone,
      ...{ "hours.days": days, "hours.from": hours.from, "hours.to": hours.to },
      "hours.holidays": holidays,
      ...{ "asking.days": days, "asking.from": asked.from, "asking.to": asked.to },
    },
  };
}

export function roleForm(
  drawing: Drawing,
  draft: SetupDraft,
  sent?: { readonly values: Written; readonly problems: Problems },
): Form {
  const texts = textsFor(drawing.reader.language);
  const choices = [...grantedRoles].reverse().map((role) => {
    return { label: texts.text(`setup.role.${role}`), value: role };
  });
  const fields: FormField[] = [
    field("who", texts.text("setup.leads.who"), "", texts.text("setup.hint.who")),
    { ...field("role", texts.text("setup.leads.role"), "lead"), choices },
  ];
  return formOf(drawing, draft, {
    action: "role",
    title: texts.text("setup.leads.form"),
    fields,
    sent,
  });
}

/** Who is meant, or what is wrong with how they were named. */
export async function readRoleForm(
  { db, reader, connection }: Drawing & Pick<DraftContext, "connection">,
  values: Written,
  groups: readonly PlatformGroup[] = [],
): Promise<{ readonly wish: RoleWish } | { readonly problems: Problems }> {
  const texts = textsFor(reader.language);
  const who = (values.who ?? "").trim();
  const role = grantedRoles.find((each) => each === values.role);
  const { id } = reader.workspace;
  const named = who === "" ? [] : await findHumans(db, id, who);
  const name = who.replace(/^@/u, "");
  const humans =
    named.length > 0 || who === "" ? named : await readHumans(db, id, { by: "name", name });
  const people = humans
    .filter((human) => !human.people.some(({ bot }) => bot))
    .map(({ humanId: personId, people: [first] }) => {
      return { subject: { kind: "person", personId } as const, name: first?.name ?? who };
    });
  const fittingGroups = groups
    .filter((group) => plain(group.name) === plain(who))
    .map(({ id: groupId, name: label }) => {
      const subject = { kind: "group", connectionId: connection.id, groupId, label } as const;
      return { subject, name: label };
    });
  const [meant, ...others] = [...people, ...fittingGroups];
  const problems: Record<string, string> = {
    ...(meant === undefined ? { who: nobody(texts, groups) } : {}),
    ...(others.length > 0
      ? { who: texts.text("setup.problem.several", { n: others.length + 1 }) }
      : {}),
    ...(role === undefined ? { role: texts.text("setup.problem.role") } : {}),
  };
  if (meant === undefined || role === undefined || others.length > 0) return { problems };
  return { wish: { ...meant, role } };
}

/** A card has room for so many names of groups. */
const MOST_GROUPS = 12;

/** Names of groups as they are told: the first ones; "none" where there are none. */
export function groupNames(groups: readonly PlatformGroup[]): string {
  const names = groups.map(({ name }) => name);
  const more = names.length > MOST_GROUPS ? ["…"] : [];
  return [...names.slice(0, MOST_GROUPS), ...more].join(", ") || "none";
}

function nobody(texts: Texts, groups: readonly PlatformGroup[]): string {
  return texts.text("setup.problem.nobody", { groups: groupNames(groups) });
}

/** A name as it is compared: "@Support" is "support". */
const plain = (name: string) => name.normalize("NFKC").trim().replace(/^@/u, "").toLowerCase();
