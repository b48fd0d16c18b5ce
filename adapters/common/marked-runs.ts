/** A text in runs, of which some are to stand out. */

export interface MarkedRun {
  readonly text: string;
  readonly marked: boolean;
}

/** Marks of a text as the port has them: in order, from a code unit to the one behind the last. */
type Marks = readonly (readonly [from: number, to: number])[];

/**
 * The runs of `shown`, none of them empty. The marks are those of `text`, of which it is a cleaned or
 * shortened form: what stands behind the first difference is not marked.
 */
export function markedRuns(shown: string, text: string, marks: Marks = []): MarkedRun[] {
  let same = 0;
  while (same < shown.length && shown[same] === text[same]) same += 1;
  const runs: MarkedRun[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    if (to > same) break;
    runs.push({ text: shown.slice(at, from), marked: false });
    runs.push({ text: shown.slice(from, to), marked: true });
    at = to;
  }
  runs.push({ text: shown.slice(at), marked: false });
  return runs.filter((run) => run.text !== "");
}
