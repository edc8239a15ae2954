import { decimalsOf } from '#shared/domain/money/minor-units';

/** What the person gave for one field is wrong: `rule` completes "This ...". */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
  readonly field: string;

  constructor(field: string, rule: string) {
    super(rule);
    this.field = field;
  }
}

/** The fields of a posted form. Texts are trimmed; what was left empty counts as not given. */
export type Form = {
  /** @throws FieldProblem when it was left empty */
  readonly text: (name: string) => string;
  readonly optional: (name: string) => string | undefined;
  /** Every value of a field that may come several times. */
  readonly list: (name: string) => readonly string[];
  readonly isOn: (name: string) => boolean;
  /** @throws FieldProblem when it is no whole number */
  readonly integer: (name: string) => number;
  readonly optionalInteger: (name: string) => number | undefined;
  /** Minor units of an amount as people write it (`1234.56` or `1234,56`), exactly. @throws FieldProblem */
  readonly minor: (name: string, currency: string) => number;
  readonly optionalMinor: (name: string, currency: string) => number | undefined;
  /** Basis points of a rate in per cent (`12.5`), exactly. @throws FieldProblem */
  readonly bps: (name: string) => number;
  readonly optionalBps: (name: string) => number | undefined;
  readonly file: (name: string) => Promise<UploadedFile | undefined>;
  /** As they were sent, to show the form again: fields whose names end in `secret` never. */
  readonly values: FormValues;
};

export type FormValues = Readonly<Record<string, readonly string[]>>;
export type UploadedFile = { readonly name: string; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Reads `application/x-www-form-urlencoded` and `multipart/form-data`. */
export async function readForm(contentType: string | undefined, body: Uint8Array<ArrayBuffer>): Promise<Form> {
  const type = contentType ?? 'application/x-www-form-urlencoded';
  const data = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => new FormData());
  return formOf(data);
}

export function formOf(data: FormData): Form {
  const all = (name: string): string[] =>
    data
      .getAll(name)
      .filter((value) => typeof value === 'string')
      .map(plainText);
  const optional = (name: string): string | undefined => all(name).find((value) => value !== '');
  const text = (name: string): string => {
    const value = optional(name);
    if (value === undefined) throw new FieldProblem(name, 'must be filled in');
    return value;
  };
  const given = <T>(name: string, read: (name: string) => T): T | undefined =>
    optional(name) === undefined ? undefined : read(name);
  const integer = (name: string): number => {
    const value = text(name);
    if (!/^-?\d{1,15}$/.test(value)) throw new FieldProblem(name, 'must be a whole number, such as 12');
    return Number(value);
  };
  const minor = (name: string, currency: string): number => scaled(name, text(name), decimalsOf(currency), currency);
  const bps = (name: string): number => scaled(name, text(name).replace(/%$/, ''), 2, 'per cent');
  return {
    text,
    optional,
    list: (name) => all(name).filter((value) => value !== ''),
    isOn: (name) => optional(name) !== undefined,
    integer,
    optionalInteger: (name) => given(name, integer),
    minor,
    optionalMinor: (name, currency) => given(name, (one) => minor(one, currency)),
    bps,
    optionalBps: (name) => given(name, bps),
    file: async (name) => {
      const file = data.get(name);
      if (file === null || typeof file === 'string' || file.size === 0) return undefined;
      return { name: file.name, type: file.type, bytes: new Uint8Array(await file.arrayBuffer()) };
    },
    values: valuesOf(data),
  };
}

const plainText = (value: string): string => value.replaceAll('\r\n', '\n').trim();

/** In one pass: whoever sends a form of a million fields, signed in or not, must not keep a function busy for minutes. */
function valuesOf(data: FormData): FormValues {
  const values = new Map<string, string[]>();
  for (const [name, value] of data) {
    if (/secret$/i.test(name)) continue;
    const list = values.get(name) ?? [];
    if (list.length === 0) values.set(name, list);
    if (typeof value === 'string') list.push(plainText(value));
  }
  return Object.fromEntries(values);
}

/** A decimal as an integer of its smallest unit, digit by digit. One separator is the decimal one; groups are refused, as 1.234 could be either. */
function scaled(field: string, written: string, decimals: number, unit: string): number {
  const match = /^([+-]?)(\d{1,15})(?:[.,](\d+))?$/.exec(written.replaceAll(/[\s\u00a0\u202f']/g, ''));
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > decimals) {
    const example = decimals === 0 ? '1234' : `1234.${'50'.padEnd(decimals, '0').slice(0, decimals)}`;
    const rule = `must be an amount in ${unit} such as ${example}, without separators between thousands`;
    throw new FieldProblem(field, decimals === 0 ? rule : `${rule} and with at most ${decimals} decimals`);
  }
  const value = BigInt(`${match[2]}${fraction.padEnd(decimals, '0')}`) * (match[1] === '-' ? -1n : 1n);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
    throw new FieldProblem(field, 'must be a smaller amount');
  }
  return Number(value);
}
