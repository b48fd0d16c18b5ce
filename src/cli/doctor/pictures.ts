/** Can pictures be drawn here: are the fonts and the part that is not JavaScript in place? */
import { drawSummary, type SummaryPicture } from "../../charts/picture.ts";
import type { Finding } from "../../platform.ts";
import { problem } from "./finding.ts";

/** A small picture of everything that can be missing: bars, a trend, a font. */
const sample: SummaryPicture = {
  title: "NPS",
  subtitle: "",
  language: "en",
  unit: "points",
  domain: [-100, 100],
  distribution: [{ label: "9", count: 1, group: "high" }],
  trend: [{ label: "1", score: 0, range: null, n: 1, running: false }],
  labels: { distribution: "", trend: "", answers: "", noData: "" },
  alt: "",
};

export async function checkPictures(): Promise<Finding> {
  const check = "pictures";
  try {
    const { png } = await drawSummary(sample);
    return { check, ok: true, says: `they can be drawn (${png.length} bytes tried)` };
  } catch (error) {
    return problem(
      check,
      error,
      "Install again with npm ci on this machine; summaries work without pictures meanwhile.",
    );
  }
}
