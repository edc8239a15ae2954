import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';

/** A line of the file: its fields by the normalised name of their column, or what is wrong with it as CSV. */
export type Row =
  | { readonly line: number; readonly fields: ReadonlyMap<string, string> }
  | { readonly line: number; readonly problem: string };

export type CsvFile = {
  readonly file: string;
  readonly delimiter: string;
  /** As written, by normalised name, in the order of the file. */
  readonly columns: ReadonlyMap<string, string>;
};

/** A header longer than this is none. */
const MAX_HEADER_BYTES = 65_536;
/** A quote that is never closed must not read a whole file as one field. */
const MAX_RECORD_CHARACTERS = 200_000;
const DELIMITERS = [',', ';', '\t', '|'];

/** `Order ID`, `order_id` and `orderId` are one column. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Reads the header line. @throws Error with what to do when there is none, or when it names a column twice */
export async function openCsv(file: string): Promise<CsvFile> {
  const header = await firstLine(file);
  const delimiter = DELIMITERS.toSorted((a, b) => header.split(b).length - header.split(a).length)[0] ?? ',';
  const names = header.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const columns = new Map<string, string>();
  for (const name of names) {
    const key = normalised(name);
    if (key === '') throw new Error(`The first line must name every column; one of them is empty: ${header}`);
    if (columns.has(key)) throw new Error(`The first line names the column ${name} twice. Take one of them out.`);
    columns.set(key, name);
  }
  return { file, delimiter, columns };
}

async function firstLine(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_HEADER_BYTES), 0, MAX_HEADER_BYTES, 0);
    const [line = ''] = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n|\r/);
    if (line.trim() === '') throw new Error('The file is empty: its first line must name the columns.');
    return line;
  } finally {
    await handle.close();
  }
}

/** Every line after the header, one after the other, however long the file is. Empty lines are passed over. */
export async function* readRows({ file, delimiter, columns }: CsvFile): AsyncGenerator<Row> {
  const names = [...columns.keys()];
  const broken: Row[] = [];
  let last = 1;
  /** An open quote is told at the end of the file, and began behind the last record that could be read. */
  const lineOf = ({ code, lines }: CsvError): number => (code === 'CSV_QUOTE_NOT_CLOSED' ? last + 1 : Number(lines));
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      delimiter,
      from_line: 2,
      info: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      on_skip: (error) => {
        if (error) broken.push({ line: lineOf(error), problem: problemOf(error) });
        return undefined;
      },
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      trim: true,
    }),
  );
  for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
    yield* broken.splice(0);
    last = info.lines;
    yield rowOf(info.lines, names, record);
  }
  yield* broken;
}

function problemOf({ code }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'has a quote that is never closed; what follows it could not be read';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'is too long, perhaps because a quote is never closed';
  return 'is not CSV: a quote stands inside a field; double it and put the field in quotes';
}

function rowOf(line: number, names: readonly string[], record: readonly string[]): Row {
  if (record.length !== names.length) {
    return { line, problem: `has ${record.length} fields, and the first line names ${names.length} columns` };
  }
  if (record.some((field) => field.includes('\uFFFD'))) {
    return { line, problem: 'is not UTF-8; save the file as UTF-8' };
  }
  return { line, fields: new Map(names.map((name, index) => [name, record[index] ?? ''])) };
}
