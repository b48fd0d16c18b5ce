/** What a picture is made of: shapes and lines of words at their places, in CSS pixels. Pure. */
import { colours, LINE_HEIGHT, type Look } from "./theme.ts";

export type Point = readonly [x: number, y: number];

/** A rectangle. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How a shape is filled and outlined; colours such as `#0b5cab`, nothing where there is none. */
export interface Ink {
  readonly fill?: string;
  readonly stroke?: string;
  readonly thickness?: number;
  /** Lengths of dashes and gaps. */
  readonly dash?: readonly number[];
}

/** One line of words. `x` is its beginning, middle or end as `align` says, `y` its middle. */
export interface TextMark extends Look {
  readonly kind: "text";
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: Align;
}

export type Align = "left" | "center" | "right";

/** Everything that can be drawn. A path is closed when it is filled. */
export type Mark =
  | TextMark
  | (Ink & Box & { readonly kind: "box"; readonly radius?: number })
  | (Ink & { readonly kind: "path"; readonly points: readonly Point[] })
  | (Ink & {
      readonly kind: "dot";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
    });

/** A whole picture. Later marks lie on earlier ones. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** A part of a picture that ends at `bottom`. */
export interface Block {
  readonly marks: readonly Mark[];
  readonly bottom: number;
}

/** A line of words; nothing for no words. */
export function line(text: string, at: Point, look: Look, align: Align = "left"): Mark[] {
  const [x, y] = at;
  return text === "" ? [] : [{ ...look, kind: "text", text, x, y, align }];
}

/** Lines of words one below the other, from `top` down. */
export function paragraph(
  texts: readonly string[],
  [x, top]: Point,
  look: Look,
  align: Align = "left",
): Block {
  const height = look.size * LINE_HEIGHT;
  return {
    marks: texts.flatMap((text, i) => line(text, [x, top + (i + 0.5) * height], look, align)),
    bottom: top + texts.length * height,
  };
}

/** A straight line. */
export function rule(from: Point, to: Point, ink: Ink): Mark {
  return { kind: "path", points: [from, to], ...ink };
}

/** A thin line of a grid. */
export function gridLine(from: Point, to: Point): Mark {
  return rule(from, to, { stroke: colours.grid });
}

export function bottomOf({ top, height }: Box): number {
  return top + height;
}

export function rightOf({ left, width }: Box): number {
  return left + width;
}
