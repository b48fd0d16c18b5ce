/** How the requests of discord.js leave: as its library sends them, with forms written out before. */
import { DefaultRestOptions, type RESTOptions } from "discord.js";

/**
 * The undici that discord.js brings sends through a dispatcher that the whole process shares, and
 * undici knows no form but that of its own version. Which version's dispatcher it is depends on what
 * was loaded when (Slack's libraries bring their own, and so does Node): bytes are taken by each.
 */
export const makeRequest: RESTOptions["makeRequest"] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const written = new Response(init.body);
  const headers = { ...init.headers, ...Object.fromEntries(written.headers) };
  const body = new Uint8Array(await written.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body });
};
