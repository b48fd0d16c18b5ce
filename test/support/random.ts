/** Chance that can be played again: everything comes from a seed that is printed. */

/** Numbers in [0, 1): Tommy Ettinger's mulberry32, public domain. */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is drawn from one seed. */
export interface Dice {
  /** In [0, 1). */
  number(): number;
  /** A whole number from `from` to `to`, both in it. */
  whole(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(things: readonly T[]): T;
  /** Exponentially distributed around a mean: how long something takes. */
  wait(mean: number): number;
}

/** Dice from a seed. */
export function createDice(seed: number): Dice {
  const number = mulberry32(seed);
  const whole = (from: number, to: number) => from + Math.floor(number() * (to - from + 1));
  return {
    number,
    whole,
    chance: (probability) => number() < probability,
    pick(things) {
      const thing = things[whole(0, things.length - 1)];
      if (thing === undefined) throw new Error("there is nothing to pick from");
      return thing;
    },
    wait: (mean) => -Math.log(1 - number()) * mean,
  };
}
