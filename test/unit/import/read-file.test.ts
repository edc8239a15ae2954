import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkFile } from '#infra/import/check-file';
import { type ImportKind, kindNamed, kindOfColumns } from '#infra/import/kinds';
import type { KnownThings } from '#infra/import/known-things';
import { type FlawedLine, type Problem, type ReadyLine, readingOf, readLine } from '#infra/import/read-line';
import { openCsv, readRows } from '#infra/import/read-rows';

const folder = mkdtempSync(join(tmpdir(), 'tallystick-import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context = { currency: 'GBP', timeZone: 'Europe/London' };
const NOTHING_KNOWN: KnownThings = { problemsOf: () => [], laterProblems: async () => [] };
type Given = {
  map?: Record<string, string>;
  set?: Record<string, string>;
  ignoresOthers?: boolean;
  ignored?: string[];
};

function kind(name: string): ImportKind {
  const found = kindNamed(name);
  if (!found) throw new Error(`no kind ${name}`);
  return found;
}

async function opened(content: string | Buffer, of: string, given: Given = {}) {
  const file = join(folder, 'file.csv');
  writeFileSync(file, content);
  const csv = await openCsv(file);
  const map = new Map(Object.entries(given.map ?? {}));
  const set = new Map(Object.entries(given.set ?? {}));
  return {
    csv,
    reading: readingOf(kind(of), csv, {
      context,
      map,
      set,
      ignoresOthers: given.ignoresOthers ?? false,
      ignored: given.ignored ?? [],
    }),
  };
}

async function read(content: string | Buffer, of: string, given: Given = {}): Promise<(ReadyLine | FlawedLine)[]> {
  const { csv, reading } = await opened(content, of, given);
  const lines: (ReadyLine | FlawedLine)[] = [];
  for await (const row of readRows(csv)) lines.push(readLine(reading, csv, row));
  return lines;
}

const rules = (lines: readonly (ReadyLine | FlawedLine)[]): string[] =>
  lines.flatMap((line) => ('problems' in line ? line.problems.map((p) => `${p.line} ${p.column}: ${p.rule}`) : []));

describe('a line of a file', () => {
  it('becomes the request of the API, whatever its columns are called and however they are separated', async () => {
    const csv = '\uFEFFOrder ID;customer_id;occurred-at;Amount;Partner\r\n536365;17850;2010-12-01 08:26;139.12;uk\r\n';
    expect(await read(csv, 'sales', { map: { partnerId: 'Partner' }, set: { country: 'GB' } })).toEqual([
      {
        line: 2,
        key: '536365',
        body: {
          orderId: '536365',
          customerId: '17850',
          occurredAt: '2010-12-01T08:26:00Z',
          amount: { minor: 13912, currency: 'GBP' },
          partnerId: 'uk',
          country: 'GB',
        },
        currency: 'GBP',
      },
    ]);
  });

  it('of a partner holds its payee, and of a link its campaign parameters', async () => {
    const partners =
      'partner_id,name,email,starts_at,plan_version,tier,iban\na,Ada,ada@x.example,2026-01-01,1,referral,GB33BUKB20201555555555\n';
    expect(await read(partners, 'partners')).toMatchObject([
      { body: { payee: { rail: 'bank_file', name: 'Ada', iban: 'GB33BUKB20201555555555' }, planVersion: 1 } },
    ]);
    const links = 'slug,partner_id,destination\nspring,a,https://shop.example/\n';
    expect(await read(links, 'links')).toMatchObject([{ key: 'spring', body: { slug: 'spring', partnerId: 'a' } }]);
  });

  it('of a code says what it gives, in per cent, money or free time', async () => {
    const csv =
      'code,partner_id,discount_percent,discount_cap,discount_amount,free_days,minimum_spend,new_customers_only\n' +
      'TEN10,a,12.5,20.00,,,50.00,\nFIVE5,a,,,5.00,,,yes\nDAYS7,a,,,,7,,yes\nPLAIN,a,,,,,,\n';
    const lines = await read(csv, 'codes');
    expect(rules(lines)).toEqual([]);
    expect(lines.map(({ body }) => body)).toEqual([
      {
        code: 'TEN10',
        partnerId: 'a',
        currency: 'GBP',
        discount: { kind: 'percent', rateBps: 1_250, capMinor: 2_000 },
        minimumSpendMinor: 5_000,
      },
      {
        code: 'FIVE5',
        partnerId: 'a',
        currency: 'GBP',
        discount: { kind: 'fixed', amountMinor: 500 },
        newCustomersOnly: true,
      },
      {
        code: 'DAYS7',
        partnerId: 'a',
        discount: { kind: 'free_period', length: 7, unit: 'days' },
        newCustomersOnly: true,
      },
      { code: 'PLAIN', partnerId: 'a' },
    ]);
    const bad = 'code,partner_id,discount_percent,free_days\nBOTH1,a,10,7\nMUCH1,a,101,\nWORD1,a,ten,\n';
    expect(rules(await read(bad, 'codes')).map((rule) => rule.split(':')[0])).toEqual([
      '2 free_days',
      '3 discount_percent',
      '4 discount_percent',
    ]);
  });

  it('of a sale may carry several clicks', async () => {
    const csv = 'order_id,customer_id,occurred_at,amount,click_tokens\na,c,2026-01-01,1,T1 T2\n';
    expect(await read(csv, 'sales')).toMatchObject([{ body: { clickTokens: ['T1', 'T2'] } }]);
  });

  it('is refused with every rule that it breaks, by the column as the file writes it', async () => {
    const csv =
      'order_id,customer_id,occurred_at,amount,Land\n,c1,01/02/2026,"1,000.00",XX\na b,c1,2026-01-01,1.00,GB\n';
    expect(rules(await read(csv, 'sales', { map: { country: 'Land' } }))).toEqual([
      '2 order_id: is missing',
      '2 occurred_at: must be a time such as 2026-01-31T12:00:00Z, or 2026-01-31 12:00 on the wall clock',
      '2 amount: must be an amount of GBP such as 139.12, with a point and without thousands separators',
      '2 Land: must be an ISO 3166 country code such as GB',
      '3 order_id: must be 1 to 128 printable ASCII characters without spaces or #',
    ]);
    expect(rules(await read('order_id,customer_id,occurred_at,amount\na,c,2026-01-01,\n', 'sales'))).toEqual([
      '2 amount: must be given, as amount (139.12) or as amount_minor (13912), and not as both',
    ]);
  });

  it.each([
    ['is not UTF-8', Buffer.from('order_id,customer_id,occurred_at,amount\na,M\xfcller,2026-01-01,1\n', 'latin1')],
    ['has 3 fields, and the first line names 4 columns', 'order_id,customer_id,occurred_at,amount\na,c,2026-01-01\n'],
    ['a quote stands inside a field', 'order_id,customer_id,occurred_at,amount\na,c"d,2026-01-01,1\n'],
    [
      'has a quote that is never closed',
      'order_id,customer_id,occurred_at,amount\na,"c,2026-01-01,1\nb,c,2026-01-01,1\n',
    ],
  ])('that is no proper line is named: %s', async (rule, content) => {
    const [problem, ...more] = rules(await read(content, 'sales'));
    expect(problem).toContain(rule);
    expect(problem).toMatch(/^2 /);
    expect(more).toEqual([]);
  });

  it('that is bad does not hide the good ones beside it', async () => {
    const csv = 'order_id,customer_id,occurred_at,amount\na,c"d,2026-01-01,1\n\nb,c,2026-01-01,1\n';
    const lines = await read(csv, 'sales');
    expect(rules(lines)).toHaveLength(1);
    expect(lines.filter((line) => !('problems' in line))).toMatchObject([{ line: 4, key: 'b' }]);
  });
});

describe('the columns of a file', () => {
  it.each([
    ['order_id,customer_id,occurred_at,amount', 'sales'],
    ['refund_id,order_id,occurred_at,amount', 'refunds'],
    ['partner_id,name,email,starts_at,plan_version,tier', 'partners'],
    ['slug,partner_id,destination', 'links'],
    ['code,partner_id', 'codes'],
    ['refund_id,order_id,customer_id,occurred_at,amount', undefined],
    ['colour', undefined],
  ])('tell what it holds: %s', (columns, name) => {
    const names = new Set(columns.split(',').map((column) => column.replaceAll('_', '')));
    expect(kindOfColumns(names)?.name).toBe(name);
  });

  it.each([
    [{}, 'has columns that sales do not have: colour'],
    [{ map: { orderId: 'nothing' } }, '--map names nothing'],
    [{ map: { shade: 'colour' } }, '--map names shade, which is no field of sales'],
    [{ set: { shade: 'red' } }, '--set names shade'],
    [{ ignored: ['shade'] }, '--ignore names shade'],
  ])('that do not fit are named with what to do: %j', async (given, words) => {
    const header = 'order_id,customer_id,occurred_at,amount,colour\n';
    await expect(opened(header, 'sales', given)).rejects.toThrow(words);
    await expect(opened('customer_id,occurred_at,amount\n', 'sales', { ignoresOthers: true })).rejects.toThrow(
      'has no column for orderId. Name the column with --map orderId=COLUMN',
    );
    await expect(opened(header, 'sales', { ignoresOthers: true })).resolves.toBeDefined();
    await expect(opened(header, 'sales', { ignored: ['Colour'] })).resolves.toBeDefined();
  });

  it.each([
    ['', 'The file is empty'],
    ['a,A\n', 'the column A twice'],
    ['a,,b\n', 'one of them is empty'],
  ])('must each have one name: %j', async (content, words) => {
    await expect(opened(content, 'sales')).rejects.toThrow(words);
  });
});

describe('a trial of a file', () => {
  const check = async (content: string, known: KnownThings = NOTHING_KNOWN) => {
    const { csv, reading } = await opened(content, 'sales');
    const told: string[] = [];
    const onProblem = ({ line, column, rule }: Problem, isWarning: boolean) =>
      told.push(`${isWarning ? 'warning ' : ''}${line} ${column}: ${rule}`);
    return { ...(await checkFile(csv, reading, { known, onProblem })), told };
  };

  it('counts good, bad and repeated lines, and names a key that comes twice with other content', async () => {
    const csv =
      'order_id,customer_id,occurred_at,amount\na,c,2026-01-01,1\na,c,2026-01-01,1.00\nb,c,2026-01-01,1\nb,c,2026-01-01,2\n';
    const { good, bad, repeated, told } = await check(csv);
    expect({ good, bad: [...bad], repeated, told }).toEqual({
      good: 3,
      bad: [5],
      repeated: 1,
      told: ['5 order_id: was in line 4 with other content'],
    });
  });

  it('has one digest for what would be sent, however the file writes it', async () => {
    const first = await check('order_id,customer_id,occurred_at,amount\na,c,2026-01-01,1\n');
    const same = await check('customer_id;order_id;occurred_at;amount_minor\nc;a;2026-01-01T00:00:00Z;100\n');
    const other = await check('order_id,customer_id,occurred_at,amount\na,c,2026-01-01,2\n');
    expect(other.digest).not.toBe(first.digest);
    expect(same.good).toBe(1);
  });

  it('asks the programme about a line that is bad by itself too, so that one look finds everything', async () => {
    const known: KnownThings = {
      problemsOf: ({ line, key, body }) =>
        body.partnerId === 'bob' ? [{ line, key, column: 'partnerId', rule: 'is unknown', isWarning: false }] : [],
      laterProblems: async () => [],
    };
    const csv = 'order_id,customer_id,occurred_at,amount,partner_id\na,c,2026-01-01,-1,bob\n';
    const { good, told } = await check(csv, known);
    expect(good).toBe(0);
    expect(told.map((text) => text.split(':')[0])).toEqual(['2 amount', '2 partner_id']);
  });

  it('takes in what the programme knows: a warning is sent all the same', async () => {
    const known: KnownThings = {
      problemsOf: ({ line, key }) =>
        key === 'a'
          ? [{ line, key, column: 'orderId', rule: 'is strange', isWarning: true }]
          : [{ line, key, column: 'customerId', rule: 'is unknown', isWarning: false }],
      laterProblems: async () => [],
    };
    const { good, warnings, told } = await check(
      'order_id,customer_id,occurred_at,amount\na,c,2026-01-01,1\nb,c,2026-01-01,1\n',
      known,
    );
    expect({ good, warnings, told }).toEqual({
      good: 1,
      warnings: 1,
      told: ['warning 2 order_id: is strange', '3 customer_id: is unknown'],
    });
  });

  it('has another digest once a bad line is good, so that an import that ended half-way does not pass it over', async () => {
    const csv = 'order_id,customer_id,occurred_at,amount,partner_id\na,c,2026-01-01,1,ada\nb,c,2026-01-01,1,\n';
    const ofAda: KnownThings = {
      ...NOTHING_KNOWN,
      problemsOf: ({ line, key, body }) =>
        body.partnerId === 'ada' ? [{ line, key, column: 'partnerId', rule: 'is no partner', isWarning: false }] : [],
    };
    expect((await check(csv, ofAda)).digest).not.toBe((await check(csv)).digest);
  });

  it('says in which currency an amount was read, where that matters', async () => {
    const [stated, assumed, minor] = [
      await read('refund_id,order_id,occurred_at,amount,currency\nr,o,2026-01-01,500,JPY\n', 'refunds'),
      await read('refund_id,order_id,occurred_at,amount\nr,o,2026-01-01,5.00\n', 'refunds'),
      await read('refund_id,order_id,occurred_at,amount_minor\nr,o,2026-01-01,500\n', 'refunds'),
    ];
    expect(stated).toMatchObject([{ currency: 'JPY', body: { amountMinor: 500 } }]);
    expect(assumed).toMatchObject([{ currency: 'GBP' }]);
    expect(minor[0]).not.toHaveProperty('currency');
  });
});
