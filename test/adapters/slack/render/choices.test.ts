import fc from "fast-check";
import { expect, test } from "vitest";
import { readForm, renderForm } from "../../../../adapters/slack/render/views.ts";
import type { Form } from "../../../../src/platform.ts";
import { checkView } from "../../../support/slack/block-kit.ts";
import { liveIn } from "../../../support/slack/mrkdwn-blocks.ts";
import { hostileWords } from "../../../support/slack/mrkdwn-hostile.ts";

type Field = Form["fields"][number];

const reason: Field = {
  ...{ name: "reason", label: "How did it end?", multiline: false, required: true, maxLength: 100 },
  choices: [
    { label: "It is solved", value: "solved" },
    { label: "It was explained", value: "explained" },
  ],
};
const formOf = (...fields: Field[]): Form => ({
  ...{ title: "Close the case", submit: { label: "Close", token: "t" }, fields },
});
const elementOf = (field: Field) => renderForm(formOf(field), "").blocks[0];

test("what can be chosen is a select, and nothing is chosen unless it was before", () => {
  const view = renderForm(formOf(reason), "");
  expect(checkView(view)).toEqual([]);
  expect(view.blocks).toMatchObject([
    {
      ...{ type: "input", block_id: "reason", optional: false },
      element: {
        type: "static_select",
        action_id: "value",
        options: [
          { text: { type: "plain_text", text: "It is solved" }, value: "solved" },
          { text: { type: "plain_text", text: "It was explained" }, value: "explained" },
        ],
      },
    },
  ]);
  expect(elementOf(reason)).not.toHaveProperty("element.initial_option");
});

test("what was chosen before is, word for word as the option; what is none of them is not", () => {
  const chosen = renderForm(formOf({ ...reason, value: "explained" }), "");
  expect(checkView(chosen)).toEqual([]);
  expect(chosen.blocks[0]).toMatchObject({ element: { initial_option: { value: "explained" } } });
  expect(elementOf({ ...reason, value: "other" })).not.toHaveProperty("element.initial_option");
});

test("a select that begins with what it does not offer is refused, as Slack refuses it", () => {
  const good = JSON.stringify(renderForm(formOf({ ...reason, value: "solved" }), ""));
  const other = good.replace('"initial_option":{"text":{"type":"plain_text","text":"It', "$&s");
  expect(other).not.toBe(good);
  const view: unknown = JSON.parse(other);
  expect(checkView(view).join()).toContain("initial_option must be one of the options");
});

test("a field with nothing to choose is written into", () => {
  expect(elementOf({ ...reason, choices: [] })).toMatchObject({
    element: { type: "plain_text_input" },
  });
});

test("F20 N5 whatever a choice says, Slack takes it, nothing in it is alive, and its value comes back", () => {
  const label = fc.oneof(hostileWords, fc.constantFrom("", "👩‍👩‍👧‍👦".repeat(30)));
  const choices = fc.uniqueArray(
    fc.record({ label, value: fc.stringMatching(/^[a-z.:-]{1,100}$/) }),
    { selector: ({ value }) => value, minLength: 1, maxLength: 10 },
  );
  fc.assert(
    fc.property(choices, fc.nat(9), (offered, index) => {
      const value = offered[index % offered.length]?.value ?? "";
      const view = renderForm(formOf({ ...reason, choices: offered, value }), "");
      expect(checkView(view)).toEqual([]);
      expect(liveIn(view)).toEqual({ mentions: [], links: [], formatting: [] });
      const selected_option = { text: { type: "plain_text", text: "any" }, value };
      const values = { reason: { value: { type: "static_select", selected_option } } };
      const body = { type: "view_submission", view: { ...view, state: { values } } };
      expect(readForm(body)?.values).toEqual({ reason: value });
    }),
  );
});
