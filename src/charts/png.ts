/** SVG → PNG. */
import { PIXEL_DENSITY } from "./theme.ts";

/**
 * PNG bytes at {@link PIXEL_DENSITY} pixels for each of the SVG's. Fonts are not loaded: words must
 * be outlines. It keeps its thread busy, some 50 ms.
 */
export async function rasterize(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(svg, {
    font: { loadSystemFonts: false },
    fitTo: { mode: "zoom", value: PIXEL_DENSITY },
    logLevel: "off",
  });
  return image.render().asPng();
}
