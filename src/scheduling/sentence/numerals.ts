/** Numbers in words. Pure. */

const digits = "零一二三四五六七八九";
const same: Readonly<Record<string, string>> = { 〇: "零", 两: "二", 兩: "二", 壹: "一" };
const tens: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** 三十五 is 35; undefined for what is no number in Chinese. */
export function chineseNumber(written: string): number | undefined {
  let sum = 0;
  let digit: number | undefined;
  let above = 10_000;
  for (const letter of written) {
    const ten = tens[letter];
    if (ten === undefined) {
      const found = digits.indexOf(same[letter] ?? letter);
      if (found < 0 || (digit !== undefined && digit !== 0)) return undefined;
      digit = found;
    } else {
      if (ten >= above || digit === 0) return undefined;
      sum += (digit ?? 1) * ten;
      above = ten;
      digit = undefined;
    }
  }
  return sum + (digit ?? 0);
}

/** Whether "twenty" and "five" are twenty-five: the second fills what the first leaves open. */
export function addsUp(one: number, other: number): boolean {
  if (other <= 0) return false;
  if (one >= 100 && one % 100 === 0) return other < 100;
  return one >= 20 && one < 100 && one % 10 === 0 && other < 10;
}
