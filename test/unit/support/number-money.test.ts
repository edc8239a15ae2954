import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findNumberMoney } from '#test/support/number-money';

const rules = (source: string): readonly string[] => findNumberMoney(source).map(({ name, rule }) => `${name} ${rule}`);

describe('money as a number', () => {
  it.each([
    ['a member', 'type A = { readonly amountMinor: number };'],
    ['an optional member', 'interface A { amountMinor?: number | undefined }'],
    ['a parameter', 'function f(amountMinor: number): void {}'],
    ['a parameter of an arrow', 'const f = (amountMinor: number) => 1n;'],
    ['a parameter of a type', 'type F = (amountMinor: number) => void;'],
    ['a variable', 'let amountMinor: number | undefined;'],
    ['a list', 'const amountMinor: readonly number[] = [];'],
    ['a map', 'const amountMinor = new Map(); let other; type A = { amountMinor: Map<string, number> };'],
    ['a function', 'function amountMinor(): number { return f(); }'],
    ['an arrow', 'const amountMinor = (): number => f();'],
    ['a method', 'type A = { amountMinor(): Promise<number> };'],
    ['a field', 'class A { amountMinor: number; }'],
    ['a type', 'type amountMinor = number;'],
    ['a literal type', 'type A = { amountMinor: 5 };'],
  ])('is seen as the type of %s', (_, source) => {
    expect(rules(source)).toEqual(['amountMinor has the type number']);
  });

  it.each([
    ['a variable', 'let amountMinor = 0;'],
    ['a member', 'const a = { amountMinor: -1 };'],
    ['a default', 'function f(amountMinor = 0) {}'],
    ['a default of a member', 'const { amountMinor = 0 } = a;'],
    ['an assignment', 'amountMinor = 1;'],
    ['a sum', 'statement.amountMinor += 1;'],
  ])('is seen when a literal is given to %s', (_, source) => {
    expect(rules(source)).toEqual(['amountMinor is set to a number literal']);
  });

  it.each([
    'amountMinor / 100',
    '2 * line.amountMinor',
    '(a.amountMinor ?? b) > 0',
    'amountMinor === 0',
    '-amountMinor < -1',
  ])('is seen in `%s`', (expression) => {
    expect(rules(`f(${expression});`)).toEqual(['amountMinor meets a number literal']);
  });

  it.each([
    ['Number(amountMinor)', 'Number'],
    ['Number(a?.amountMinor - b)', 'Number'],
    ['Number.parseInt(amountMinor.toString())', 'parseInt'],
    ['parseFloat(amountMinor)', 'parseFloat'],
    ['Math.round(amountMinor!)', 'Math.round'],
    ['+amountMinor', 'a unary plus'],
    ['+(amountMinor as any)', 'a unary plus'],
  ])('is seen when it is made one by `%s`', (expression, by) => {
    expect(rules(`f(${expression});`)).toEqual([`amountMinor is made a number by ${by}`]);
  });

  it('is seen when it is counted up', () => {
    expect(rules('amountMinor++;')).toEqual(['amountMinor is counted up as a number']);
  });

  it.each([
    'minor',
    'saleMinor',
    'amount',
    'balance',
    'price',
    'totalAmount',
    'openingBalance',
    'unitPrice',
    'fee',
    'sum',
    'grandTotal',
  ])('goes by the name %s', (name) => {
    expect(rules(`let ${name}: number;`)).toEqual([`${name} has the type number`]);
  });

  it('is not what has another name, another type, or names of its own within it', () => {
    expect(
      rules(`
        type A = { rateBps: number; minorVersion: number; amountMinor: bigint | undefined; count: number };
        type B = { amount: { readonly minor: bigint; readonly decimals: number } };
        type C = { payableMinor: (lines: number) => bigint };
        const amountMinor = 0n;
        let fee = 1n + amountMinor / 100n;
        f(Number(count), -amountMinor, amountMinor > 0n, amounts[0], BigInt(rateBps) * amountMinor);
      `),
    ).toEqual([]);
  });

  it.each(['let amountMinor = 1;', 'f({ amountMinor: 1 });', 'const { amountMinor = 1 } = a;'])(
    'is named with its line, also below text of many bytes: %s',
    (declaration) => {
      expect(findNumberMoney(`// été — ünïcödé\n\n${declaration}`)).toMatchObject([{ line: 3, name: 'amountMinor' }]);
    },
  );
});

it('fails the check of a house and says where', () => {
  const house = mkdtempSync(join(tmpdir(), 'tallystick-money-'));
  const checker = join(import.meta.dirname, '../../support/check-money-types.ts');
  const check = (): { status: number | null; stderr: string } =>
    spawnSync(process.execPath, [checker, house], { encoding: 'utf8' });
  try {
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('saw no files') });
    mkdirSync(join(house, 'shared/domain'), { recursive: true });
    writeFileSync(join(house, 'shared/domain/fine.ts'), 'export const amountMinor = 0n;\n');
    expect(check()).toMatchObject({ status: 0, stderr: '' });
    mkdirSync(join(house, 'shared/application/payouts'), { recursive: true });
    writeFileSync(join(house, 'shared/application/payouts/pay.ts'), '\nexport type Paid = { amountMinor: number };\n');
    expect(check()).toMatchObject({
      status: 1,
      stderr: 'shared/application/payouts/pay.ts:2: amountMinor has the type number: make it a bigint of minor units\n',
    });
  } finally {
    rmSync(house, { recursive: true });
  }
});
