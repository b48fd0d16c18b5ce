/** `/aftertalk home`, and what the app's own page shows: for everybody what concerns them. */
import { roles } from "../platform.ts";
import { type Command, mayRead } from "./command.ts";
import { leadHome } from "./home-lead.ts";
import { ownHome, teamHome } from "./home-own.ts";

export const homeCommand: Command = {
  name: "home",
  roles,
  async run(context, request) {
    const { role } = request.person;
    if (mayRead(role)) return { kind: "message", message: await leadHome(context, request) };
    const page = role === "customer" ? ownHome : teamHome;
    return { kind: "message", message: await page(context, request) };
  },
};
