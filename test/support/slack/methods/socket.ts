/** apps.connections.open: the address of one Socket Mode connection. */
import { type Method, method } from "../method.ts";

const open = method(
  "apps.connections.open",
  { pace: "special", token: "app", args: {} },
  ({ world }) => ({ url: `${world.origin().replace(/^http/, "ws")}${world.sockets.ticket()}` }),
);

export const socketMethods: readonly Method[] = [open];
