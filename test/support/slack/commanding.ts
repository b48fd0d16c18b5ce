/** Typing a slash command, and what the person who typed sees of it. */
import type { Answer } from "./deliveries.ts";
import { slashCommand } from "./interactions.ts";
import type { Channel, Json, Member } from "./model.ts";
import { installationIn } from "./places.ts";
import { noteProblem } from "./problems.ts";
import { Refusal } from "./refusal.ts";
import type { World } from "./world.ts";

export async function typeCommand(
  world: World,
  member: Member,
  channel: Channel,
  name: string,
  text: string,
): Promise<Answer> {
  const team = installationIn(world, channel, member);
  // "Slack Connect": commands of an app serve the members of the workspace it is installed in.
  if (member.team !== team) throw new Error(`${member.name} is offered no commands of this app.`);
  if (world.app.declared?.commands.has(name) === false) {
    throw new Error(`${name} is not a command of this app: its manifest does not declare it.`);
  }
  const payload = slashCommand(world, member, team, channel, { name, text });
  const answer = await world.deliveries.interact("slash_commands", payload);
  const say = (words: string) =>
    void world.messages.whisper({
      channel,
      to: member.id,
      team,
      from: "slackbot",
      threadTs: undefined,
      text: words,
      blocks: undefined,
      attachments: undefined,
    });
  if (answer.outcome !== "acknowledged") {
    const error = answer.outcome === "timed out" ? "operation_timeout" : "dispatch_failed";
    say(`${name} failed with the error "${error}"`);
    return answer;
  }
  const body = bodyOf(answer.payload);
  if (body === undefined) return answer;
  try {
    world.responses.show({ team, member, channel }, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    noteProblem(world, `${name} response`, error);
    say(`${name} failed because the app sent something that cannot be shown.`);
  }
  return answer;
}

/** Words become an ephemeral message; an empty acknowledgement says nothing. */
function bodyOf(payload: unknown): Json | undefined {
  if (typeof payload === "string") return payload === "" ? undefined : { text: payload };
  if (typeof payload !== "object" || payload === null) return undefined;
  return Object.keys(payload).length === 0 ? undefined : { ...payload };
}
