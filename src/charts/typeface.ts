/**
 * The one font of all pictures, shaped by HarfBuzz. Texts become outlines before resvg sees them:
 * resvg reads the whole font file again for every single glyph, which for a font with thirty
 * thousand characters takes some 330 ms a picture instead of 25.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** A character drawn: where it starts on the line and its outline, both in font units, y upwards. */
interface Glyph {
  readonly x: number;
  readonly path: string;
}

/** A font at no particular size. */
export interface Typeface {
  /** Font units per em. */
  readonly unitsPerEm: number;
  /** Width in CSS pixels at `size`. */
  widthOf(text: string, size: number): number;
  /** The visible characters of a line, and its width in font units. */
  outline(text: string): { readonly glyphs: readonly Glyph[]; readonly width: number };
  /** True when the font can draw the character. */
  has(character: string): boolean;
}

const FONT_FILE = "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf";

/** Some 400 bytes each; a picture has about 60 different characters. */
const MOST_PATHS_KEPT = 1_000;

let shared: Promise<Typeface> | undefined;

/** The font, read at the first call: about 10 MB that stay in memory. */
export function sharedTypeface(): Promise<Typeface> {
  shared ??= loadTypeface().catch((error: unknown) => {
    shared = undefined; // the next picture may have better luck
    throw error;
  });
  return shared;
}

async function loadTypeface(): Promise<Typeface> {
  const [hb, data] = await Promise.all([
    import("harfbuzzjs"),
    readFile(createRequire(import.meta.url).resolve(FONT_FILE)),
  ]);
  const face = new hb.Face(new hb.Blob(data));
  const font = new hb.Font(face);
  const buffer = new hb.Buffer();
  const paths = new Map<number, string>();

  const pathOf = (id: number) => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    if (paths.size >= MOST_PATHS_KEPT) paths.clear();
    const path = font.glyphToPath(id);
    paths.set(id, path);
    return path;
  };

  const place = (text: string) => {
    buffer.clearContents();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    hb.shape(font, buffer);
    const positions = buffer.getGlyphPositions();
    let x = 0;
    const placed = buffer.getGlyphInfos().map(({ codepoint: id }, i) => {
      const start = x + (positions[i]?.xOffset ?? 0);
      x += positions[i]?.xAdvance ?? 0;
      return { id, x: start };
    });
    return { placed, width: x };
  };

  return {
    unitsPerEm: face.upem,
    widthOf: (text, size) => (place(text).width * size) / face.upem,
    outline: (text) => {
      const { placed, width } = place(text);
      const glyphs = placed.map(({ id, x }) => ({ x, path: pathOf(id) }));
      return { glyphs: glyphs.filter(({ path }) => path !== ""), width };
    },
    has: (character) => font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined,
  };
}
