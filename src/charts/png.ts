/** SVG → PNG. */
import { PIXEL_DENSITY } from "./theme.ts";

/**
 * PNG bytes at {@link PIXEL_DENSITY} pixels for each of the SVG's. Drawn off the event loop; only
 * the packing, some 20 ms, is on it. Fonts are not loaded: words must be outlines.
 */
export async function rasterize(svg: string): Promise<Uint8Array> {
  const { renderAsync } = await import("@resvg/resvg-js");
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false },
    fitTo: { mode: "zoom", value: PIXEL_DENSITY },
    logLevel: "off",
  });
  return image.asPng();
}
