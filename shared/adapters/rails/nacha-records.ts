/** The fixed-width records of a Nacha file: 94 characters each. Source: Nacha Operating Rules, Appendix Three (ACH record format specifications). */
export const RECORD_LENGTH = 94;
export const BLOCKING_FACTOR = 10;

/** A field of so many characters: text on the left, filled with blanks; a number on the right, filled with zeros. */
export type Field = readonly [length: number, value: string | number | bigint];

/** @throws RangeError for a value that does not fit, for one that is not printable ASCII, and for fields that are no record */
export function toRecord(...fields: readonly Field[]): string {
  const record = fields.map(toField).join('');
  if (record.length !== RECORD_LENGTH) throw new RangeError(`a record of ${record.length} characters`);
  return record;
}

function toField([length, value]: Field): string {
  const text = typeof value === 'string' ? value.padEnd(length) : String(value).padStart(length, '0');
  if (text.length !== length || !/^[\x20-\x7e]*$/.test(text)) {
    // Not the value: it may be an account, and errors end in logs and in the run.
    throw new RangeError(`a value of ${text.length} characters is no field of ${length} printable ones`);
  }
  return text;
}
