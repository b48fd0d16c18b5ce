/** What colours look like to eyes of any kind. */

type Triple = readonly [number, number, number];

/** Kinds of colour blindness that are complete: everything milder differs less from full sight. */
const blindness = {
  // Machado, Oliveira and Fernandes 2009, severity 1, for linear sRGB.
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

/** Red, green and blue of a colour such as `#0b5cab`, linear, from 0 to 1. */
function linear(colour: string): Triple {
  const at = (start: number) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
}

function times(rows: readonly [Triple, Triple, Triple], [x, y, z]: Triple): Triple {
  const of = ([a, b, c]: Triple) => a * x + b * y + c * z;
  return [of(rows[0]), of(rows[1]), of(rows[2])];
}

/** Relative luminance: WCAG 2.2, from 0 for black to 1 for white. */
function luminance(colour: string): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio of two colours: WCAG 2.2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const toXyz: readonly [Triple, Triple, Triple] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

/** CIE L*a*b* under D65. */
function lab(light: Triple): Triple {
  const shown: Triple = [inGamut(light[0]), inGamut(light[1]), inGamut(light[2])];
  const [x, y, z] = times(toXyz, shown);
  const bend = (t: number) =>
    t > 216 / 24_389 ? Math.cbrt(t) : (24_389 / 27 / 116) * t + 16 / 116;
  const [fx, fy, fz] = [bend(x / 0.95047), bend(y), bend(z / 1.08883)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function inGamut(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** How different two colours look (CIE 1976): some 2 is just seen, 20 and more is another colour. */
export function distance(one: string, other: string, kind?: keyof typeof blindness): number {
  const seen = (colour: string) =>
    lab(kind === undefined ? linear(colour) : times(blindness[kind], linear(colour)));
  const [first, second] = [seen(one), seen(other)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}
