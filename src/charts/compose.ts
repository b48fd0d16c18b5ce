/** From what a picture shows to where everything goes. Pure. */
import { barsScene } from "./bars.ts";
import { cutScene } from "./cut.ts";
import { driversScene } from "./drivers.ts";
import { firstReplyScene } from "./first-reply.ts";
import type {
  BarsPicture,
  CutPicture,
  DriversPicture,
  FirstReplyPicture,
  OutlinesPicture,
  OverviewPicture,
  SummaryPicture,
} from "./inputs.ts";
import { outlinesScene } from "./outlines.ts";
import { overviewScene } from "./overview.ts";
import type { Pen } from "./pen.ts";
import type { Scene } from "./scene.ts";
import { summaryScene } from "./summary.ts";

/** A picture to draw: one of all that there are. */
export type PictureRequest =
  | { readonly kind: "summary"; readonly input: SummaryPicture }
  | { readonly kind: "cut"; readonly input: CutPicture }
  | { readonly kind: "first-reply"; readonly input: FirstReplyPicture }
  | { readonly kind: "drivers"; readonly input: DriversPicture }
  | { readonly kind: "bars"; readonly input: BarsPicture }
  | { readonly kind: "overview"; readonly input: OverviewPicture }
  | { readonly kind: "outlines"; readonly input: OutlinesPicture };

export function composeScene(request: PictureRequest, pen: Pen): Scene {
  switch (request.kind) {
    case "summary":
      return summaryScene(request.input, pen);
    case "cut":
      return cutScene(request.input, pen);
    case "first-reply":
      return firstReplyScene(request.input, pen);
    case "drivers":
      return driversScene(request.input, pen);
    case "bars":
      return barsScene(request.input, pen);
    case "overview":
      return overviewScene(request.input, pen);
    case "outlines":
      return outlinesScene(request.input, pen);
  }
}
