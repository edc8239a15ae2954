/** CSV as RFC 4180 has it: CRLF after every record, quotes doubled, the same number of fields in each. */

/**
 * A text field. One that a spreadsheet would run as a formula gets an apostrophe (OWASP, CSV injection);
 * amounts do not pass here: they are digits with at most a sign and a point.
 */
export function csvText(value: string): string {
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) || guarded !== value ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Records of finished fields as one text; a shorter record is filled up with empty fields to the longest. */
export function csvOf(records: readonly (readonly string[])[]): string {
  const width = Math.max(0, ...new Set(records.map((record) => record.length)));
  const rows = records.map((record) => [...record, ...Array<string>(width - record.length).fill('')].join(','));
  return `${rows.join('\r\n')}\r\n`;
}
