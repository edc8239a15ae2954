import { fieldErrors } from '#functions/runtime/field-errors';
import { FieldProblem, type ImportContext, type ImportKind } from './kinds.ts';
import { FieldRule } from './read-field.ts';
import { type CsvFile, normalised, type Row } from './read-rows.ts';

export type Problem = { readonly line: number; readonly key: string; readonly column: string; readonly rule: string };

/** A line as the request it becomes. */
export type ReadyLine = {
  readonly line: number;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** That its amount was read in, where the line says one or the decimals of one were needed. */
  readonly currency?: string | undefined;
};

/** A line that cannot be sent; `body` is what could be read of it, for what only the programme knows. */
export type FlawedLine = ReadyLine & { readonly problems: readonly Problem[] };

/** How the columns of a file become the fields of a kind. */
export type Reading = {
  readonly kind: ImportKind;
  readonly context: ImportContext;
  /** Field by normalised column. */
  readonly fields: ReadonlyMap<string, string>;
  /** What every line has, by field, as text. */
  readonly constants: ReadonlyMap<string, string>;
};

/**
 * Matches the columns of a file to the fields of its kind, by name or as `map` says (field to column).
 * @throws Error that names the columns that are missing or not known, and what can be done
 */
export function readingOf(
  kind: ImportKind,
  file: CsvFile,
  given: {
    readonly context: ImportContext;
    readonly map: ReadonlyMap<string, string>;
    readonly set: ReadonlyMap<string, string>;
    readonly ignoresOthers: boolean;
    readonly ignored: readonly string[];
  },
): Reading {
  const fieldOf = new Map(Object.keys(kind.columns).map((field) => [normalised(field), field]));
  const known = (name: string, option: string): string => {
    const field = fieldOf.get(normalised(name));
    if (field) return field;
    throw new Error(`--${option} names ${name}, which is no field of ${kind.name}. There are: ${namesOf(kind)}.`);
  };
  const constants = new Map([...given.set].map(([name, value]) => [known(name, 'set'), value]));
  const fields = new Map<string, string>();
  for (const [name, column] of given.map) {
    if (!file.columns.has(normalised(column)))
      throw new Error(`--map names ${column}, which is no column of the file.`);
    fields.set(normalised(column), known(name, 'map'));
  }
  const mapped = new Set(fields.values());
  const ignored = new Set(given.ignored.map(normalised));
  for (const name of given.ignored) {
    if (!file.columns.has(normalised(name))) throw new Error(`--ignore names ${name}, which is no column of the file.`);
  }
  const others: string[] = [];
  for (const [column, written] of file.columns) {
    const field = fieldOf.get(column);
    if (fields.has(column) || ignored.has(column)) continue;
    if (field !== undefined && !mapped.has(field) && !constants.has(field)) fields.set(column, field);
    else others.push(written);
  }
  const here = new Set([...fields.values(), ...constants.keys()]);
  const missing = kind.required.filter((name) => !here.has(name));
  if (missing.length > 0) {
    throw new Error(
      `The file has no column for ${missing.join(', ')}. Name the column with --map ${missing[0]}=COLUMN, or one value for all lines with --set ${missing[0]}=VALUE.`,
    );
  }
  if (others.length > 0 && !given.ignoresOthers) {
    throw new Error(
      `The file has columns that ${kind.name} do not have: ${others.join(', ')}. Map them with --map FIELD=COLUMN, or leave them out with --ignore COLUMN or --ignore-others. Fields: ${namesOf(kind)}.`,
    );
  }
  return { kind, context: given.context, fields, constants };
}

function namesOf(kind: ImportKind): string {
  return Object.keys(kind.columns).join(', ');
}

/** The column of a field as the file writes it; a field that is given for all lines has its own name. */
export function columnOf({ fields }: Reading, file: CsvFile, field: string): string {
  for (const [column, of] of fields) if (of === field) return file.columns.get(column) ?? column;
  return field;
}

/** A line as its request, or everything that is wrong with it. */
export function readLine(reading: Reading, file: CsvFile, row: Row): ReadyLine | FlawedLine {
  if ('problem' in row) {
    const { line, problem } = row;
    return { line, key: '', body: {}, problems: [{ line, key: '', column: '', rule: problem }] };
  }
  const { kind, context, fields, constants } = reading;
  const texts = new Map(constants);
  for (const [column, field] of fields) {
    const value = row.fields.get(column) ?? '';
    if (value !== '') texts.set(field, value);
  }
  const key = texts.get(kind.key) ?? '';
  const problem = (field: string, rule: string): Problem => ({
    line: row.line,
    key,
    column: columnOf(reading, file, field),
    rule,
  });
  const missing = kind.required.filter((field) => !texts.has(field));
  const problems = missing.map((field) => problem(field, 'is missing'));
  const values: Record<string, unknown> = {};
  for (const [field, value] of texts) {
    try {
      values[field] = kind.columns[field]?.(value, context);
    } catch (error) {
      if (!(error instanceof FieldRule)) throw error;
      problems.push(problem(field, error.message));
    }
  }
  const { body, problem: unfit } = bodyOf(kind, values, context);
  if (unfit) problems.push(problem(unfit.column, unfit.message));
  const flawed = new Set(problems.map(({ column }) => column));
  // Of a line that makes no request the columns are looked at one by one; as members they are none of the API's.
  const issues = (kind.schema.safeParse(body).error?.issues ?? []).filter(
    ({ code }) => unfit === undefined || code !== 'unrecognized_keys',
  );
  for (const { pointer, rule } of issues.flatMap((issue) => fieldErrors(issue))) {
    const found = problem(fieldAt(pointer), rule);
    // What could not be read is missing in the request: its own rule has said why.
    if (!flawed.has(found.column)) problems.push(found);
  }
  const isCounted = values.currency !== undefined || values.amount !== undefined;
  const currency = isCounted ? { currency: String(values.currency ?? context.currency) } : {};
  const line = { line: row.line, key, body, ...currency };
  return problems.length > 0 ? { ...line, problems } : line;
}

type Body = { readonly body: ReadyLine['body']; readonly problem?: FieldProblem };

function bodyOf(kind: ImportKind, values: ReadyLine['body'], context: ImportContext): Body {
  try {
    return { body: kind.body(values, context) };
  } catch (error) {
    if (!(error instanceof FieldProblem)) throw error;
    const { amount: _, amountMinor: __, ...body } = values;
    return { body, problem: error };
  }
}

const OFFER_COLUMNS: Readonly<Record<string, string>> = {
  rateBps: 'discountPercent',
  capMinor: 'discountCap',
  amountMinor: 'discountAmount',
  length: 'freeDays',
};

/** The field that a member of the request was made of: `/amount/minor` of `amount`, `/payee/iban` of `iban`. */
export function fieldAt(pointer: string): string {
  const [first = '', second] = pointer.split('/').slice(1);
  const offered =
    first === 'discount' ? OFFER_COLUMNS[second ?? ''] : first === 'minimumSpendMinor' ? 'minimumSpend' : undefined;
  if (offered !== undefined) return offered;
  if (first === 'payee' && second !== undefined) return second === 'name' ? 'payeeName' : second;
  if (first === 'utm' && second !== undefined) return `utm${second.charAt(0).toUpperCase()}${second.slice(1)}`;
  return first === 'amount' && second === 'currency' ? 'currency' : first;
}
