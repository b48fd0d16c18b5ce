/** The draft of a setup: four questions, a proposal, a yes. */

import { subjectKey } from "../../configuration/configuration.ts";
import { goals, markets, type SetupAnswers } from "../../configuration/setup/answers.ts";
import { textsFor } from "../../locales/index.ts";
import { lineMessage } from "../../messages.ts";
import type { Message } from "../../platform.ts";
import { flatten, readSettings } from "../../store/settings.ts";
import { applyFromChat } from "../apply.ts";
import { type DraftContext, type DraftPress, type DraftStep, draftKind } from "../draft-kind.ts";
import {
  type Drawing,
  readContent,
  type SetupContent,
  type SetupDraft,
  type Step,
  steps,
} from "./content.ts";
import { hoursForm, readHoursForm, readRoleForm, roleForm } from "./forms.ts";
import { changesOf, foreseeAll, proposalCard, proposalOf } from "./proposal.ts";
import { goalsCard, hoursCard, leadsCard, placesCard } from "./questions.ts";
import { lookAround, type Seen, unseen } from "./seen.ts";

export const setupDraftKind = draftKind<SetupContent>({
  read: readContent,
  screen: (drawing, draft) => setupScreen(drawing, draft, unseen),
  press: pressSetup,
  namesGroups: (action) => action === "role",
});

/** The card as it stands; of a proposal without the look ahead, which takes longer. */
async function setupScreen(drawing: Drawing, draft: SetupDraft, seen: Seen): Promise<Message> {
  switch (draft.content.step) {
    case "goals":
      return goalsCard(drawing, draft);
    case "places":
      return placesCard(drawing, draft, seen);
    case "leads":
      return leadsCard(drawing, draft, seen);
    case "hours":
      return hoursCard(drawing, draft);
    case "proposal":
      return proposalCard(drawing, draft, await proposalOf(drawing, draft), undefined);
  }
}

/** The same outside of any transaction: with what platforms tell, and a proposal with the look ahead. */
export async function setupCardAhead(
  drawing: Drawing & Pick<DraftContext, "connection">,
  draft: SetupDraft,
): Promise<Message> {
  const { step } = draft.content;
  if (step === "places" || step === "leads")
    return setupScreen(drawing, draft, await lookAround(drawing.engine, drawing.connection));
  if (step !== "proposal") return setupScreen(drawing, draft, unseen);
  const proposed = await proposalOf(drawing, draft);
  const preview = await foreseeAll(drawing.engine, drawing.reader.workspace.id, proposed);
  return proposalCard(drawing, draft, proposed, preview);
}

type Context = Parameters<Parameters<typeof draftKind<SetupContent>>[0]["press"]>[0];

async function pressSetup(context: Context, press: DraftPress<SetupContent>): Promise<DraftStep> {
  const { draft, action, value } = press;
  const { answers } = draft.content;
  switch (action) {
    case "goal": {
      const goal = goals.find((each) => each === value);
      const chosen = goals.filter((each) => answers.goals.includes(each) !== (each === goal));
      return answered(context, draft, { goals: chosen });
    }
    case "market":
      return answered(context, draft, { market: markets.find((each) => each === value) ?? null });
    case "go":
      return go(context, draft, steps.find((each) => each === value) ?? "goals");
    case "hours":
      return pressHours(context, press);
    case "role":
      return pressRole(context, press);
    case "role-clear":
      return answered(context, draft, { roles: [] });
    case "on":
      return switchOn(context, draft);
    case "later":
      return { reply: { kind: "update", message: said(context, "setup.kept-for-later") } };
    case "finish":
      return ended(context, "done", "setup.finished");
    case "drop":
      return ended(context, "dropped", "setup.cancelled");
    default:
      return { reply: { kind: "update", message: await setupScreen(context, draft, unseen) } };
  }
}

function said(
  { reader: { language } }: Pick<DraftContext, "reader">,
  key: "setup.kept-for-later" | "setup.finished" | "setup.cancelled",
): Message {
  return lineMessage(language, textsFor(language).text(key));
}

function ended(
  context: Context,
  state: "done" | "dropped",
  key: "setup.finished" | "setup.cancelled",
): DraftStep {
  return { update: { state }, reply: { kind: "update", message: said(context, key) } };
}

/** Keeps an answer, and shows the card with it. */
async function answered(
  context: Context,
  draft: SetupDraft,
  answer: Partial<SetupAnswers>,
): Promise<DraftStep> {
  const content = { ...draft.content, answers: { ...draft.content.answers, ...answer } };
  return { update: { content }, ...ahead(context, { ...draft, content }) };
}

/** The card with what platforms tell, which is no matter for a transaction. */
function ahead({ engine, reader, connection, now }: Context, draft: SetupDraft): DraftStep {
  const drawing = { engine, reader, connection, now, db: engine.db };
  return {
    reply: { kind: "nothing" },
    later: async () => ({ kind: "update", message: await setupCardAhead(drawing, draft) }),
  };
}

/** To another question, or to the proposal: what it shows is what a yes is to. */
async function go(context: Context, draft: SetupDraft, step: Step): Promise<DraftStep> {
  const { answers } = draft.content;
  const isAnswered = answers.goals.length > 0 && answers.market !== null;
  if (!isAnswered && step !== "goals") {
    const content = { ...draft.content, step: "goals" as const };
    const message = goalsCard(context, { ...draft, content }, true);
    return { update: { content }, reply: { kind: "update", message } };
  }
  if (step === "proposal") return showProposal(context, draft);
  const content = { ...draft.content, step };
  return { update: { content }, ...ahead(context, { ...draft, content }) };
}

async function showProposal(context: Context, draft: SetupDraft): Promise<DraftStep> {
  const { engine, reader } = context;
  const proposed = await proposalOf(context, draft);
  const content = { ...draft.content, step: "proposal" as const, shown: changesOf(proposed) };
  return {
    update: { content },
    reply: { kind: "nothing" },
    later: async () => {
      const preview = await foreseeAll(engine, reader.workspace.id, proposed);
      const drawing = { engine, reader, db: engine.db, now: context.now };
      const message = proposalCard(drawing, { ...draft, content }, proposed, preview);
      return { kind: "update", message };
    },
  };
}

async function switchOn(context: Context, draft: SetupDraft): Promise<DraftStep> {
  const { shown } = draft.content;
  if (shown === undefined || shown.length === 0) return go(context, draft, "proposal");
  const { message, update } = await applyFromChat(context, shown, { origin: "setup", draft });
  return { ...(update === undefined ? {} : { update }), reply: { kind: "update", message } };
}

async function pressHours(
  context: Context,
  { draft, values }: DraftPress<SetupContent>,
): Promise<DraftStep> {
  const { db, reader } = context;
  const wished = draft.content.answers.settings;
  const now = { ...flatten(await readSettings(db, reader.workspace.id)), ...wished };
  if (values === undefined)
    return { reply: { kind: "form", form: hoursForm(context, draft, now) } };
  const read = readHoursForm(textsFor(reader.language), values);
  if ("problems" in read) {
    const form = hoursForm(context, draft, now, { values, problems: read.problems });
    return { reply: { kind: "form", form } };
  }
  return answered(context, draft, { settings: { ...wished, ...read.settings } });
}

async function pressRole(
  context: Context,
  { draft, values, groups }: DraftPress<SetupContent>,
): Promise<DraftStep> {
  if (values === undefined) return { reply: { kind: "form", form: roleForm(context, draft) } };
  const read = await readRoleForm(context, values, groups);
  if ("problems" in read) {
    const form = roleForm(context, draft, { values, problems: read.problems });
    return { reply: { kind: "form", form } };
  }
  const { wish } = read;
  const others = draft.content.answers.roles.filter(
    ({ subject }) => subjectKey(subject) !== subjectKey(wish.subject),
  );
  return answered(context, draft, { roles: [...others, wish] });
}
