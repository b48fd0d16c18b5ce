/** Tables as a terminal shows them. */

export interface Section {
  readonly title: string;
  /** Of each column; the first is above the names. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What has to be known to read it. */
  readonly notes?: readonly string[];
}

/** A section as text: names to the left, figures to the right. */
export function render({ title, header, rows, notes = [] }: Section): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? "")].length)),
  );
  const shown = lines.map((line) =>
    widths
      .map((width, column) => {
        const cell = line[column] ?? "";
        const room = " ".repeat(width - [...cell].length);
        return column === 0 ? cell + room : room + cell;
      })
      .join("   ")
      .trimEnd(),
  );
  const rule = "─".repeat(widths.reduce((sum, width) => sum + width + 3, -3));
  const [head = "", ...body] = shown;
  return [title, rule, head, rule, ...body, ...notes.map((note) => `  ${note}`), ""].join("\n");
}

/** Milliseconds with three digits that mean something. */
export function ms(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString("en").replaceAll(",", " ");
  return value.toPrecision(3).replace(/^(\d+)\.?0*$/, "$1");
}

/** How many times as much: "8.3 ×", "1 240 ×". */
export function times(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = value >= 1000 ? Math.round(value).toLocaleString("en").replaceAll(",", " ") : "";
  return `${digits || (value >= 100 ? Math.round(value) : value.toPrecision(2))} ×`;
}

/** A whole number with thin groups. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en").replaceAll(",", " ");
}

/** Bytes as megabytes. */
export function megabytes(bytes: number): string {
  return `${whole(bytes / 2 ** 20)} MB`;
}
