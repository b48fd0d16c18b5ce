/** Cards with every kind of part, as a summary has them. */
import { Resvg } from "@resvg/resvg-js";
import type { Message, Picture } from "../../src/platform.ts";
import type { Words } from "./fake-words.ts";

const groups = [
  { label: "Promoters 9–10", value: "71", share: 0.6 },
  { label: "Passives 7–8", value: "26", share: 0.22 },
  { label: "Detractors 0–6", value: "21", share: 0.18 },
];

/** Like `/nps week`: headline, range, distribution, facts, newest comments and a picture. */
export function scoreCard(words: Words): Message {
  return {
    summary: "NPS this week: 42, between 31 and 53, no clear change.",
    locale: words.locale === "en" ? "en" : words.locale,
    parts: [
      { kind: "heading", text: "NPS +42 this week" },
      { kind: "text", text: "Between +31 and +53. No clear change (+5) against last week." },
      {
        kind: "facts",
        rows: [
          ["Answers", "118"],
          ["Asked", "164"],
          ["Response rate", "72 %"],
        ],
      },
      { kind: "bars", title: "Who answered how", bars: groups },
      { kind: "picture", picture: trendPicture() },
      { kind: "quote", text: "Waited two days, then the answer was wrong.", by: "2 · Omar" },
      { kind: "quote", text: "很快就解决了，谢谢！", by: "9 · Mei" },
      { kind: "note", text: "16–22 November 2026, so far. Sample data included." },
      { kind: "actions", options: [{ label: "Share", token: "share" }] },
    ],
  };
}

export function helpCard(words: Words): Message {
  return {
    summary: "What aftertalk can do.",
    locale: words.locale,
    parts: [
      { kind: "heading", text: "What you can type" },
      {
        kind: "facts",
        rows: [
          ["/nps week", "Loyalty"],
          ["/ces month", "Effort"],
          ["/csat 30d", "Satisfaction"],
        ],
      },
      { kind: "link", link: { label: "Documentation", url: "https://example.com/" } },
    ],
  };
}

/** A line on a white ground: enough to be seen and measured. */
function trendPicture(): Picture {
  const [width, height] = [560, 200];
  const points = [120, 110, 118, 96, 140, 132, 104, 92, 88, 96, 80, 72];
  const line = points.map((y, index) => `${20 + index * 47},${y}`).join(" ");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#ffffff"/>
    <polyline points="${line}" fill="none" stroke="#0b6b5d" stroke-width="3"/>
  </svg>`;
  const png = new Resvg(svg, { fitTo: { mode: "zoom", value: 2 } }).render().asPng();
  return { png: new Uint8Array(png), width, height, alt: "NPS over 12 weeks, from 30 to 42." };
}
