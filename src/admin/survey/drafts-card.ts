/** An admin's open drafts: what they are about, to go on with or to drop. */
import { sayMoment } from "../../commands/moment.ts";
import { textsFor } from "../../locales/index.ts";
import type { Message } from "../../platform.ts";
import { DRAFT_DAYS, type Draft, openDrafts } from "../../store/drafts.ts";
import { adminButton } from "../admin-action.ts";
import { type DraftContext, draftButton } from "../draft-kind.ts";
import { readContent } from "../schedule/content.ts";
import { readSurveyDraft } from "./content.ts";
import { actions, card, clip, note, text } from "./drawing.ts";

/** So many are shown, the newest first. */
const SHOWN = 6;

/** A trial is nobody's unfinished work. */
export async function draftsCard(context: DraftContext): Promise<Message> {
  const { db, reader } = context;
  const texts = textsFor(reader.language);
  const all = await openDrafts(db, reader.workspace.id, reader.person.id);
  const drafts = all.filter(({ kind }) => kind !== "trial");
  const more = drafts.length - SHOWN;
  return card(
    { texts },
    texts.text("survey.drafts.title"),
    drafts.length === 0 ? text(texts.text("survey.drafts.none")) : [],
    drafts.slice(0, SHOWN).flatMap((draft, i) => [
      ...text(`${i + 1}. ${aboutLine(context, draft)}`),
      ...actions(
        draftButton(context, draft.id, {
          label: texts.text("survey.drafts.go-on"),
          action: "main",
        }),
        draftButton(context, draft.id, {
          ...{ label: texts.text("survey.edit.drop"), action: "drop" },
        }),
      ),
    ]),
    more > 0 ? note(texts.text("survey.drafts.more", { n: more })) : [],
    drafts.length > 0 ? note(texts.text("survey.drafts.kept", { days: DRAFT_DAYS })) : [],
    actions(adminButton(context, { label: texts.text("survey.list.new"), action: "sv-begin" })),
  );
}

function aboutLine({ reader }: DraftContext, draft: Draft): string {
  const { language, workspace } = reader;
  const texts = textsFor(language);
  const { kind, about, base, updatedAt } = draft;
  const key = named(draft);
  const isNew = base === null && about === "";
  const hasName = kind === "survey" || kind === "schedule";
  const what = texts.text(
    hasName
      ? `draft.kind.${kind}${isNew ? ".new" : ""}`
      : `draft.kind.${kind === "trial" ? "survey" : kind}`,
    {
      name: clip(key, 40),
    },
  );
  const when = sayMoment(updatedAt, "moment", language, workspace.timeZone);
  return `${what.trim()} · ${when}`;
}

/** What tells it from others: its name, or the sentence that it began with. */
function named({ kind, about, content }: Draft): string {
  if (kind === "survey") return readSurveyDraft(content)?.key ?? about;
  const schedule = kind === "schedule" ? readContent(content) : undefined;
  const name = schedule?.written?.name;
  return about || (typeof name === "string" ? name : (schedule?.sentence ?? ""));
}
