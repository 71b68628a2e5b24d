/** Rows under a heading in columns; columns of numbers are set to the right. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows];
  const columns = heading.map((_, at) => {
    const width = Math.max(...lines.map((line) => (line[at] ?? '').length));
    const numbers = rows.every((row) => /^[\d.,]*$/.test(row[at] ?? ''));
    return { width, numbers };
  });
  const cell = (text: string, { width, numbers }: { width: number; numbers: boolean }) =>
    numbers ? text.padStart(width) : text.padEnd(width);
  return lines
    .map((line) =>
      columns
        .map((column, at) => cell(line[at] ?? '', column))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
