import { expect, test } from "vitest";
import { fillIn, placeholdersIn, unknownIn } from "../../src/surveys/placeholders.ts";

const acme = { company: "Acme" };

test("names stand where the wording leaves room for them, however the braces are typed", () => {
  const names = { ...acme, customer: "Dana", agent: "Kim", team: "Billing" };
  expect(fillIn("Hi {customer}, how did {agent} of {team} at {Company} do?", names)).toBe(
    "Hi Dana, how did Kim of Billing at Acme do?",
  );
  expect(fillIn("您好，｛customer｝，{ company } 的服务如何？", names)).toBe(
    "您好，Dana，Acme 的服务如何？",
  );
});

test.each([
  ["Hi {customer}, how was it?", "Hi, how was it?"],
  ["{customer}, how was it?", "How was it?"],
  ["How was it, {customer}?", "How was it?"],
  ["您好，{customer}，请问满意吗？", "您好，请问满意吗？"],
  ["{customer}, как всё прошло?", "Как всё прошло?"],
])("nobody's name leaves a whole sentence behind: %s", (words, whole) => {
  for (const customer of [undefined, "", "  \n"]) {
    expect(fillIn(words, { ...acme, customer })).toBe(whole);
  }
});

test("where nobody is known to have handled it, it was the team, and without one the company", () => {
  expect(fillIn("How did {agent} do?", { ...acme, team: "Billing" })).toBe("How did Billing do?");
  expect(fillIn("How did {agent} of {team} do?", acme)).toBe("How did Acme of Acme do?");
});

test("a name is words: it is put in once, on one line, and no longer than a name is", () => {
  const filled = (customer: string) => fillIn("Hi {customer}!", { ...acme, customer });
  expect(filled("{company} {agent}")).toBe("Hi {company} {agent}!");
  expect(filled("<@U1>\n# *Dana*\u0000")).toBe("Hi <@U1> # *Dana*!");
  expect(filled("$& $1")).toBe("Hi $& $1!");
  expect(filled("x".repeat(5000)).length).toBeLessThan(70);
});

test("braces that are no placeholder stay as they are", () => {
  const words = 'Is {} or {1} or {a, b} or {see below} fine, and { "json": 1 }?';
  expect(fillIn(words, acme)).toBe(words);
  expect(unknownIn(words)).toEqual([]);
});

test.each([
  ["compnay", "company"],
  ["Custmer", "customer"],
  ["name", "customer"],
  ["客服", "agent"],
  ["компания", "company"],
  ["команда", "team"],
  ["weather", undefined],
])("{%s} is none, and %s was meant", (word, meant) => {
  expect(unknownIn(`How was {${word}}?`)).toEqual([{ word, meant }]);
  expect(fillIn(`How was {${word}}?`, acme)).toBe(`How was {${word}}?`);
});

test("which names a wording asks for is known without filling it in", () => {
  expect(placeholdersIn("{agent}, {Agent} and {company} {x}")).toEqual(["agent", "company"]);
});
