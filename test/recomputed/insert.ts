/** Puts a town's rows into a workspace as they are. */
import type { Db } from "../../src/store/schema.ts";
import { insertConnection } from "../support/database-rows.ts";
import { scales } from "./figures.ts";
import { type Asked, NOW, type Survey, type Town } from "./workspace.ts";

export async function insertTown(db: Db, workspace_id: number, town: Town): Promise<void> {
  const connection_id = await insertConnection(db, workspace_id);
  const inParts = async <T>(rows: readonly T[], insert: (part: T[]) => Promise<unknown>) => {
    for (let i = 0; i < rows.length; i += 500) await insert(rows.slice(i, i + 500));
  };
  await db
    .insertInto("accounts")
    .values(town.accounts.map((id) => ({ workspace_id, id, external_id: id, name: id })))
    .execute();
  await inParts([...town.people.values()], (part) =>
    db
      .insertInto("people")
      .values(
        part.map(({ human, account, ...person }) => {
          return { workspace_id, ...person, human_id: human, account_id: account };
        }),
      )
      .execute(),
  );
  await inParts(town.chats, (part) => db.insertInto("chats").values(part.map(chatRow)).execute());
  await inParts(
    town.chats.flatMap(({ id, handlers }) => handlers.map((each) => ({ id, ...each }))),
    (part) =>
      db
        .insertInto("handlers")
        .values(
          part.map(({ id, person, messages }) => {
            return { workspace_id, chat_id: id, closing: 1, person_id: person, messages };
          }),
        )
        .execute(),
  );
  for (const survey of town.surveys) await insertSurvey(db, workspace_id, survey);
  const rows = town.asked.map((asked) => ({ asked, survey: surveyOf(town, asked) }));
  await inParts(rows, (part) =>
    db.insertInto("invitations").values(part.map(invitationRow)).execute(),
  );
  await inParts(rows.flatMap(answerRows), (part) =>
    db.insertInto("answers").values(part).execute(),
  );

  function chatRow(chat: Town["chats"][number]) {
    return {
      ...{ workspace_id, id: chat.id, connection_id, external_id: chat.id },
      ...{ customer_id: chat.customer, team: chat.team, channel: chat.channel },
      tags: [...new Set(chat.tags)],
      state: chat.closed === null ? ("open" as const) : ("closed" as const),
      close_reason: chat.closed === null ? null : ("solved" as const),
      closings: chat.closed === null ? 0 : 1,
      ...{ customer_messages: 3, customer_characters: 400 },
      ...{ opened_at: chat.opened, first_customer_at: chat.firstWrote },
      ...{ first_replied_at: chat.firstReplied, closed_at: chat.closed },
    };
  }

  function invitationRow({ asked, survey }: { asked: Asked; survey: Survey }) {
    const [first] = asked.answers;
    return {
      ...{ workspace_id, id: asked.id, survey_id: survey.id, survey_version: asked.version },
      ...{ person_id: asked.person, connection_id, chat_id: asked.chat?.id ?? null, closing: 1 },
      ...{ reason_key: asked.id, kind: "chat" as const },
      state: first ? ("answered" as const) : ("asked" as const),
      ...{ asked_at: asked.askedAt, reached_at: asked.reachedAt, expires_at: asked.expiresAt },
      answered_at: first?.at ?? null,
    };
  }

  function answerRows({ asked, survey }: { asked: Asked; survey: Survey }) {
    return asked.answers.map(({ question, metric, score, at }) => ({
      ...{ workspace_id, invitation_id: asked.id, question, metric, score },
      ...{ survey_id: survey.id, survey_version: asked.version },
      ...{ scale_min: scales[metric].min, scale_max: scales[metric].max },
      ...{ person_id: asked.person, chat_id: asked.chat?.id ?? null, closing: 1 },
      ...{ platform: "messenger", channel: asked.chat?.channel ?? null },
      ...{ team: asked.chat?.team ?? null, tags: [...new Set(asked.chat?.tags ?? [])] },
      ...{ touchpoint: "support chat", language: "en" },
      ...{ asked_at: asked.askedAt, answered_at: at },
    }));
  }
}

async function insertSurvey(db: Db, workspace_id: number, survey: Survey): Promise<void> {
  const [metric] = survey.metrics;
  const last = survey.versions.at(-1)?.version ?? 1;
  await db
    .insertInto("surveys")
    .values({
      ...{ workspace_id, id: survey.id, key: survey.key, metric: metric ?? null },
      ...{ trigger: "chat", version: last, created_at: NOW },
    })
    .execute();
  await db
    .insertInto("survey_versions")
    .values(
      survey.versions.map(({ version, from }) => ({
        ...{ workspace_id, survey_id: survey.id, version, series: version, created_at: from },
        definition: JSON.stringify({
          questions: survey.metrics.map((name, i) => {
            return {
              kind: "score",
              key: `q${i}`,
              metric: name,
              text: { en: `wording ${version}` },
            };
          }),
        }),
      })),
    )
    .execute();
}

function surveyOf(town: Town, { survey }: Asked): Survey {
  const found = town.surveys.find(({ key }) => key === survey);
  if (found === undefined) throw new Error(`there is no survey ${survey}`);
  return found;
}
