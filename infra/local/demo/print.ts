const WIDTH = 100;

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** Minor units of GBP as people read them; for the eye only, sums are made of integers. */
export function money(minor: number): string {
  return pounds.format(minor / 100);
}

export function amountTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const sum = head.map((_, column) =>
    column === 0 ? 'Total' : rows.reduce((total, row) => total + Number(row[column]), 0),
  );
  const cells = [...rows, sum].map((row) => row.map((cell) => (typeof cell === 'number' ? money(cell) : cell)));
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`;
  return [line(head), ...cells.map(line)].join('\n');
}

export function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length + 1 <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines.join('\n');
}
