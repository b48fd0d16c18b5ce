/** Draws a picture in this thread: places, outlines, pixels. Loads font and tools at the first call. */
import { composeScene, type PictureRequest } from "./compose.ts";
import { createPen } from "./pen.ts";
import { rasterize } from "./png.ts";
import { svgOf } from "./svg.ts";
import { sharedTypeface } from "./typeface.ts";

/** A PNG, its size in CSS pixels. */
export interface Drawn {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Keeps its thread busy for some 100 ms: the main thread asks drawing-thread.ts. */
export async function drawHere(request: PictureRequest): Promise<Drawn> {
  const typeface = await sharedTypeface();
  const scene = composeScene(request, createPen(typeface));
  const png = await rasterize(svgOf(scene, typeface));
  return { png, width: scene.width, height: scene.height };
}
