/** Response URLs: where Slack wants the answer to what somebody did, without a token. */
import { RespondError } from "@slack/bolt";

/** A response URL that takes longer is given up. */
const TIMEOUT_MS = 5000;
/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses; GovSlack has its own. */
const SLACK_HOST = /^([a-z0-9-]+\.)*(slack|slack-gov)\.com$/;

/** Rejects when the answer did not get there; its errors name no address. */
export type Respond = (url: string, content: object) => Promise<void>;

/**
 * Answers are posted to Slack and to nobody else, whatever a payload says, and follow no redirect:
 * what stands in them is for one pair of eyes.
 */
export function createRespond(apiUrl: string | undefined): Respond {
  const own = apiUrl === undefined ? undefined : URL.parse(apiUrl)?.origin;
  return async (url, content) => {
    if (!isSlacks(url, own)) throw new Error("the response URL is none of Slack's");
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(content),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new RespondError("the response URL failed", response.status);
  };
}

/** At Slack, or where SLACK_API_URL says that Slack is. */
function isSlacks(url: string, own: string | undefined): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== "" || parsed.password !== "") return false;
  if (parsed.origin === own) return true;
  const { protocol, port, hostname } = parsed;
  return protocol === "https:" && port === "" && SLACK_HOST.test(hostname);
}
