/** The cards of the four questions. */
import { saySetting, saySettingName } from "../../configuration/say-setting.ts";
import { goals, markets } from "../../configuration/setup/answers.ts";
import { isTextKey, type Texts, textsFor } from "../../locales/index.ts";
import type { Message, Option, Part, SupportPlace } from "../../platform.ts";
import { type Connection, chatConnectionsOf } from "../../store/connections.ts";
import { listGrants } from "../../store/role-grants.ts";
import { flatten, readSettings } from "../../store/settings.ts";
import { type ChatPlace, readChatPlaces, readLeads } from "../../store/setup-facts.ts";
import {
  type Drawing,
  type SetupDraft,
  type Step,
  setupButton,
  setupCard,
  steps,
} from "./content.ts";
import { groupNames } from "./forms.ts";
import type { Seen } from "./seen.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** So far back it is looked where chats are. */
export const LOOK_BACK_MS = 30 * DAY_MS;
/** A card has room for so many channels of a connection, people and grants. */
const MOST_CHANNELS = 8;
const MOST_PEOPLE = 12;

/** The settings that the last question is about. */
const hoursSettings = [
  "timeZone",
  "hours.days",
  "hours.from",
  "hours.to",
  "hours.holidays",
  "asking.days",
  "asking.from",
  "asking.to",
] as const;

/** "Step 2 of 4: …" */
function titleOf(texts: Texts, step: Step): string {
  const [n, of] = [steps.indexOf(step) + 1, steps.length - 1];
  return texts.text("setup.title", { n, of, what: texts.text(`setup.${step}.title`) });
}

/** Onwards, back, what can be done here, and out. */
function onwards(drawing: Drawing, draft: SetupDraft, ...own: readonly Option[]): Option[] {
  const texts = textsFor(drawing.reader.language);
  const at = steps.indexOf(draft.content.step);
  const to = (step: Step | undefined, key: "setup.next" | "setup.back"): Option[] =>
    step === undefined
      ? []
      : [setupButton(drawing, draft, { action: "go", value: step, label: texts.text(key) })];
  return [
    ...to(steps[at + 1], "setup.next"),
    ...to(at > 0 ? steps[at - 1] : undefined, "setup.back"),
    ...own,
    setupButton(drawing, draft, { action: "drop", label: texts.text("setup.cancel") }),
  ];
}

/** What do you want to learn, and of whom? `missing`: they wanted to go on without an answer. */
export function goalsCard(drawing: Drawing, draft: SetupDraft, missing = false): Message {
  const texts = textsFor(drawing.reader.language);
  const { answers } = draft.content;
  const choice = (action: string, value: string, label: string, chosen: boolean) =>
    setupButton(drawing, draft, {
      ...{ action, value },
      label: chosen ? texts.text("setup.chosen", { label }) : label,
    });
  const parts: Part[] = [
    { kind: "text", text: texts.text("setup.intro") },
    { kind: "text", text: texts.text("setup.goals.ask") },
    {
      kind: "actions",
      options: goals.map((goal) =>
        choice("goal", goal, texts.text(`setup.goal.${goal}`), answers.goals.includes(goal)),
      ),
    },
    { kind: "text", text: texts.text("setup.market.ask") },
    {
      kind: "actions",
      options: markets.map((market) =>
        choice("market", market, texts.text(`setup.market.${market}`), answers.market === market),
      ),
    },
    ...(missing ? [{ kind: "text", text: texts.text("setup.goals.missing") } as const] : []),
  ];
  return setupCard(drawing, titleOf(texts, "goals"), parts, onwards(drawing, draft));
}

/** Where are support chats: what is watched, and how to have more of it watched. */
export async function placesCard(
  drawing: Drawing,
  draft: SetupDraft,
  { places: lookedFor }: Seen,
): Promise<Message> {
  const { db, now, reader } = drawing;
  const texts = textsFor(reader.language);
  const { id } = reader.workspace;
  const connections = await chatConnectionsOf(db, id);
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const places = await readChatPlaces(db, id, since);
  const parts = connections.flatMap((connection): Part[] => {
    const own = places.filter(({ connectionId }) => connectionId === connection.id);
    const how = `setup.places.how.${connection.ref.platform}`;
    const { askIn, closeButton } = connection.settings;
    const button = closeButton ? "on" : "off";
    return [
      {
        ...{ kind: "heading", minor: true },
        text: texts.text("setup.places.connection", { name: connection.name }),
      },
      own.length === 0
        ? { kind: "text", text: texts.text("setup.places.none") }
        : { kind: "facts", rows: channelRows(texts, own) },
      ...inTheWay(texts, connection, lookedFor.get(connection.id)),
      { kind: "note", text: texts.text("setup.places.way", { askIn, button }) },
      { kind: "note", text: texts.text(isTextKey(how) ? how : "setup.places.how") },
    ];
  });
  const none: Part[] = [{ kind: "text", text: texts.text("setup.places.nowhere") }];
  const shown = [
    { kind: "text", text: texts.text("setup.places.ask") } as const,
    ...(connections.length === 0 ? none : parts),
  ];
  const again = setupButton(drawing, draft, {
    ...{ action: "go", value: "places", label: texts.text("setup.again") },
  });
  const options = onwards(drawing, draft, again);
  return setupCard(drawing, titleOf(texts, "places"), shown, options);
}

/** What keeps chats from being heard of where they are looked for, and what to do. */
function inTheWay(
  texts: Texts,
  { ref: { platform } }: Connection,
  places: readonly SupportPlace[] | undefined,
): Part[] {
  if (places === undefined) return [];
  const said = (what: string, params: Readonly<Record<string, string>> = {}) => {
    const key = `setup.places.${what}.${platform}`;
    return isTextKey(key) ? texts.text(key, params) : texts.text("setup.places.how");
  };
  if (places.length === 0) return [{ kind: "text", text: said("unset") }];
  const rows = places.flatMap(({ name, state, lacks }): [string, string][] => {
    const list = new Intl.ListFormat(texts.language).format(lacks);
    return state === "ready" ? [] : [[name, said(state, { name, lacks: list })]];
  });
  if (rows.length === 0) return [];
  const text = texts.text("setup.places.deaf");
  return [
    { kind: "text", text },
    { kind: "facts", rows: rows.slice(0, MOST_CHANNELS) },
  ];
}

function channelRows(texts: Texts, places: readonly ChatPlace[]): [string, string][] {
  const shown = places.slice(0, MOST_CHANNELS);
  const rest = places.slice(MOST_CHANNELS);
  const chats = rest.reduce((sum, each) => sum + each.chats, 0);
  return [
    ...shown.map((each): [string, string] => [
      each.channel,
      texts.text("setup.places.chats", { n: each.chats }),
    ]),
    ...(rest.length === 0
      ? []
      : [
          [
            texts.text("setup.places.more", { n: rest.length }),
            texts.text("setup.places.chats", { n: chats }),
          ] satisfies [string, string],
        ]),
  ];
}

/** Who are the leads: who has which role, why, and who is to have one. */
export async function leadsCard(
  drawing: Drawing,
  draft: SetupDraft,
  { groups: found = [] }: Seen,
): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const { people, more } = await readLeads(db, reader.workspace.id, MOST_PEOPLE);
  const grants = await listGrants(db, reader.workspace.id);
  const groups = grants.flatMap(({ subject, role }): [string, string][] =>
    subject.kind === "group"
      ? [[subject.label || subject.groupId, texts.text("setup.leads.group", { role })]]
      : [],
  );
  const wishes = draft.content.answers.roles.map(({ name, role }): [string, string] => [
    name,
    texts.text("setup.leads.wish", { role }),
  ]);
  const rows = people.map(({ name, role, by, connection }): [string, string] => {
    const why =
      by === "granted" ? "granted" : (by ?? "").startsWith("group:") ? "group" : "platform";
    return [name, texts.text("setup.leads.row", { role, why, place: connection ?? "" })];
  });
  const parts: Part[] = [
    { kind: "text", text: texts.text("setup.leads.ask") },
    ...(rows.length === 0
      ? [{ kind: "text", text: texts.text("setup.leads.none") } as const]
      : [{ kind: "facts", rows } as const]),
    ...(more > 0
      ? [{ kind: "note", text: texts.text("setup.leads.more", { n: more }) } as const]
      : []),
    ...(groups.length > 0 ? [{ kind: "facts", rows: groups.slice(0, MOST_PEOPLE) } as const] : []),
    ...(wishes.length > 0
      ? [
          { kind: "text", text: texts.text("setup.leads.wishes") } as const,
          { kind: "facts", rows: wishes } as const,
        ]
      : []),
    { kind: "note", text: texts.text("setup.leads.groups", { groups: groupNames(found) }) },
  ];
  const add = setupButton(drawing, draft, {
    ...{ action: "role", opens: "form" },
    label: texts.text("setup.leads.add", { groups: found.length === 0 ? "none" : "some" }),
  });
  const clear = setupButton(drawing, draft, {
    ...{ action: "role-clear", label: texts.text("setup.leads.clear") },
  });
  const options = onwards(drawing, draft, add, ...(wishes.length > 0 ? [clear] : []));
  return setupCard(drawing, titleOf(texts, "leads"), parts, options);
}

/** What hours: as they are, and as they would be. */
export async function hoursCard(drawing: Drawing, draft: SetupDraft): Promise<Message> {
  const { db, reader } = drawing;
  const texts = textsFor(reader.language);
  const now = flatten(await readSettings(db, reader.workspace.id));
  const { settings } = draft.content.answers;
  const rows = hoursSettings.map((name): [string, string] => {
    const is = saySetting(texts, name, now[name]);
    const value = name in settings ? saySetting(texts, name, settings[name]) : is;
    return [
      saySettingName(texts, name),
      value === is ? is : texts.text("setup.hours.new", { value }),
    ];
  });
  const parts: Part[] = [
    { kind: "text", text: texts.text("setup.hours.ask") },
    { kind: "facts", rows },
    { kind: "note", text: texts.text("setup.hours.own") },
  ];
  const change = setupButton(drawing, draft, {
    ...{ action: "hours", label: texts.text("setup.hours.change"), opens: "form" },
  });
  return setupCard(drawing, titleOf(texts, "hours"), parts, onwards(drawing, draft, change));
}
