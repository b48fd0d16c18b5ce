import { RespondError } from "@slack/bolt";
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slackError } from "../../../adapters/slack/errors.ts";
import { AppError } from "../../../src/errors.ts";

const refusal = (error: string, more: object = {}) =>
  new WebAPIPlatformError({ ok: false, error, ...more });

describe("what Slack refuses", () => {
  test.each([
    ...["channel_not_found", "user_not_found", "not_in_channel", "is_archived", "cannot_dm_bot"],
    ...["user_disabled", "user_not_visible", "messages_tab_disabled", "restricted_action"],
    ...["restricted_action_thread_locked", "thread_not_found"],
  ])("F5 F14 %s: nobody can be reached there", (code) => {
    expect(slackError(refusal(code))).toMatchObject({ code: "unreachable" });
  });

  test.each([
    ...["invalid_auth", "account_inactive", "token_revoked", "not_authed", "token_expired"],
    ...["org_login_required", "team_access_not_granted"],
  ])("F6 %s: the token is refused, and the advice says what to do", (code) => {
    const error = slackError(refusal(code));
    expect(error.code).toBe("revoked");
    expect(error.advice).toContain("SLACK_BOT_TOKEN");
  });

  test.each(["internal_error", "fatal_error", "service_unavailable", "brand_new_error"])(
    "%s may pass",
    (code) => {
      expect(slackError(refusal(code))).toMatchObject({ code: "temporary" });
    },
  );

  test.each(["message_not_found", "cant_update_message", "edit_window_closed"])(
    "%s: only an edit knows that its message is gone",
    (code) => {
      expect(slackError(refusal(code), "update").code).toBe("not-found");
      expect(slackError(refusal(code), "send").code).toBe("temporary");
    },
  );

  test("a missing scope is named, with the way to grant it", () => {
    const error = slackError(refusal("missing_scope", { needed: "chat:write", provided: "none" }));
    expect(error.code).toBe("bad-setting");
    expect(error.message).toContain("chat:write");
    expect(error.advice).toContain("chat:write");
    expect(error.advice).toContain("OAuth & Permissions");
  });
});

describe("waiting", () => {
  test("F1 a 429 says how long", () => {
    const error = slackError(new WebAPIRateLimitedError(30));
    expect(error).toMatchObject({ code: "rate-limited", retryAfterMs: 30_000 });
    expect(error.waits).toBeUndefined();
  });

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    "F2 %d seconds are a minute",
    (seconds) => {
      expect(slackError(new WebAPIRateLimitedError(seconds)).retryAfterMs).toBe(60_000);
    },
  );

  test("F2 a limit that is told as an error has the default wait too", () => {
    expect(slackError(refusal("ratelimited"))).toMatchObject({
      code: "rate-limited",
      retryAfterMs: 60_000,
    });
  });
});

describe("unclear outcomes", () => {
  test.each([
    ["a reset", new WebAPIRequestError(new Error("read ECONNRESET"))],
    ["HTTP 500", new WebAPIHTTPError(500, "Internal Server Error", {}, "<html>")],
    ["a response URL that is used up", new RespondError("used up", 404)],
    ["an unknown throw", "what?"],
  ])("%s is temporary", (_name, thrown) => {
    expect(slackError(thrown)).toMatchObject({ code: "temporary" });
  });

  test("an error of ours passes through", () => {
    const ours = new AppError("unreachable", "nobody");
    expect(slackError(ours)).toBe(ours);
  });
});

test("no token, text or name of what went wrong gets into the message or the advice", () => {
  const secret = fc.string({ minLength: 8 }).map((text) => `SECRET ${text}`);
  fc.assert(
    fc.property(secret, (words) => {
      const thrown = [
        refusal(words),
        refusal("missing_scope", { needed: words }),
        new WebAPIRequestError(new Error(words)),
        new WebAPIHTTPError(500, words, { "x-text": words }, words),
        new RespondError(words, 500),
        new Error(words),
      ];
      for (const error of thrown.map((each) => slackError(each))) {
        expect(`${error.message} ${error.advice}`).not.toContain(words);
      }
    }),
  );
});
