/**
 * The manifest that makes our app in Slack (https://docs.slack.dev/reference/app-manifest). Pure.
 * The commands of the whole product are in it from the start: a later one would mean installing the
 * app again in every workspace.
 */
import type { AppsManifestValidateArguments } from "@slack/web-api";
import { HTTP_PATH } from "./listen/http.ts";
import { type BotEvent, botEvents, ourOptionalScopes, ourScopes } from "./manifest/permissions.ts";

export type AppManifest = AppsManifestValidateArguments["manifest"];

/** Words in any order; all of them are in docs/commands.md. */
const VIEW = "[last month] [by team] [for tag:refund] [vs same last year]";

/** The commands of the core, by its names for them: a test compares. */
const commands = [
  {
    command: "/nps",
    description: "Would customers recommend us? The score, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/ces",
    description: "How easy was it for customers? The score, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/csat",
    description: "How satisfied are customers? The score, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/resolution",
    description: "Was the issue solved? The share, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/expectation",
    description: "Better or worse than expected? The score, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/emotion",
    description: "How did it leave customers feeling? The share, and whether it changed",
    usage_hint: VIEW,
  },
  {
    command: "/cx",
    description: "Every metric on one card",
    usage_hint: "[last month] [for team:Billing]",
  },
  {
    command: "/response",
    description: "Who answered of those who were reached",
    usage_hint: "[last month] [by channel]",
  },
  {
    command: "/frt",
    description: "How long customers wait for the first reply, and how many within the promise",
    usage_hint: "[30d] [by agent]",
  },
  {
    command: "/contacts",
    description: "Contacts per ten thousand orders",
    usage_hint: "[last month] [by channel]",
  },
  {
    command: "/churn",
    description: "Who leaves: the rate, the signals, and what people say",
    usage_hint: "[quarter] [vs same last year]",
  },
  {
    command: "/journey",
    description: "The touchpoints of a journey beside each other",
    usage_hint: "[90d]",
  },
  {
    command: "/drivers",
    description: "What goes together with a score",
    usage_hint: "[nps] [90d] [for team:Billing]",
  },
  {
    command: "/coverage",
    description: "Whether everybody who should be asked is",
    usage_hint: "[month] [by agent]",
  },
  {
    command: "/feedback",
    description: "What customers wrote; for everybody their own data, and how to pause or stop",
    usage_hint:
      "[low | high | new] [week] [words] or [my data | pause 30d | never | resume | forget me]",
  },
  {
    command: "/survey",
    description: "Which surveys there are, and which one follows a chat",
    usage_hint: "[list]",
  },
  {
    command: "/aftertalk",
    description: "Your own page, help, and everything else that can be asked",
    usage_hint: "[help | home | cases month | silent | quotes]",
  },
] as const;

/** Entries in the menu of a message. Slack has no commands inside threads; these serve there. */
const shortcuts = [
  {
    name: "Close and ask",
    type: "message",
    callback_id: "close_and_ask",
    description: "Close this chat and ask its customer for feedback",
  },
  {
    name: "Ask for feedback",
    type: "message",
    callback_id: "ask_for_feedback",
    description: "Ask the customer of this chat for feedback now",
  },
  {
    name: "Show scores",
    type: "message",
    callback_id: "show_scores",
    description: "Show what the customer of this chat answered",
  },
] as const;

/** The manifest: for Socket Mode, or with `http` (an address without a path) for HTTP. */
export function appManifest(options: { readonly http?: string } = {}): AppManifest {
  const url = options.http === undefined ? undefined : eventsUrl(options.http);
  const events = Object.keys(botEvents) as BotEvent[];
  const requestUrl = url === undefined ? {} : { request_url: url };
  return {
    display_information: {
      name: "aftertalk",
      description: "Asks customers how it went, right after the talk, and says what changed.",
      long_description:
        "When a support chat is closed, aftertalk asks its customer one short question where the chat was, as a person would: a tap or a few words are enough, and later, not this time and never again are one tap too. Support leads type /nps week and see the score, how sure it is, whether it changed and what people said.",
      background_color: "#14532d",
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false, // people answer there in words
      },
      bot_user: { display_name: "aftertalk", always_online: false },
      shortcuts: shortcuts.map((shortcut) => ({ ...shortcut })),
      slash_commands: commands.map((command) => ({
        ...command,
        // Escaped like messages: one reader for both, and "@person" comes as an id.
        should_escape: true,
        ...(url === undefined ? {} : { url }),
      })),
    },
    oauth_config: {
      // An optional scope stands in both lists.
      scopes: { bot: [...ourScopes, ...ourOptionalScopes], bot_optional: [...ourOptionalScopes] },
    },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: events },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  };
}

/**
 * What is wrong with an address for Slack to reach us at; undefined when it will do. Slack itself
 * takes https only; http is for trying things out against a server on this machine.
 */
export function wrongAddress(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const local = url !== undefined && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && local)) {
    return "The address must begin with https:// (or with http:// on this machine).";
  }
  const bare = url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  return bare ? undefined : "The address must have no user, no ? and no # in it.";
}

/** `https://x.example`, with or without a path and the endpoint itself, becomes the endpoint. */
function eventsUrl(address: string): string {
  const base = new URL(address).href.replace(/\/+$/, "");
  return base.endsWith(HTTP_PATH) ? base : `${base}${HTTP_PATH}`;
}
