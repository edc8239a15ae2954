import { describe, expect, it } from 'vitest';
import { digest } from '#shared/adapters/digest';
import { makeChangeCode } from '#shared/application/tracking/codes/change-code';
import { type CreateCodeInput, makeCreateCode } from '#shared/application/tracking/codes/create-code';
import {
  type CodeOutcome,
  type CreateCodesInput,
  makeCreateCodes,
} from '#shared/application/tracking/codes/create-codes';
import { makeGetCode } from '#shared/application/tracking/codes/get-code';
import { canonicalCode, isMistyped } from '#shared/domain/tracking/code';
import type { Discount } from '#shared/domain/tracking/discount';
import { aCode, aRedemption, instant } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeRedemptions } from '#test/support/fakes/redemption-store';
import { makeFakeCodes } from '#test/support/fakes/tracking';
import { NOW, partners } from '#test/support/referrals-house';

function aDesk() {
  const codes = makeFakeCodes();
  const redemptions = makeFakeRedemptions();
  let seed = 0;
  const settings = { programs: makeFakePrograms(aProgram()), partners, clock: () => NOW };
  const common = { ...settings, codes, digest, pause: async () => {}, random: () => 0 };
  const randomBytes = (size: number): Uint8Array => new Uint8Array(size).fill(++seed);
  const create = makeCreateCode({ ...common, randomBytes });
  const createMany = makeCreateCodes({ ...common, randomBytes });
  const change = makeChangeCode({ ...common, seats: redemptions });
  const basis = { programId: 'shop', partnerId: 'mira', description: 'An offer', requestId: 'request-1' };
  return {
    codes,
    redemptions,
    create: (input: Partial<CreateCodeInput> = {}) => create({ ...basis, ...input }),
    createMany: (input: Partial<CreateCodesInput> = {}) => createMany({ ...basis, count: 0, codes: [], ...input }),
    change: (code: string, wanted: Parameters<typeof change>[0]['change']) =>
      change({ programId: 'shop', code, change: wanted, by: 'person:manager' }),
    read: makeGetCode({ codes, seats: redemptions, counts: { confirmed: async () => new Map([['TA11Y10', 7]]) } }),
  };
}

const FIXED: Discount = { kind: 'fixed', amountMinor: 5_00n };
const FREE: Discount = { kind: 'free_period', length: 1, unit: 'months' };
const NEARLY_FREE: Discount = { kind: 'percent', rateBps: 5_001 };
const HALF: Discount = { kind: 'percent', rateBps: 5_000 };
const codeOf = (outcome: CodeOutcome | undefined): string => (outcome && 'code' in outcome ? outcome.code.code : '');

describe('a chosen code', () => {
  it.each([
    ['a fixed amount', FIXED, {}, '/maxRedemptions'],
    ['a free period', FREE, {}, '/maxRedemptions'],
    ['more than half off', NEARLY_FREE, {}, '/maxRedemptions'],
    ['an amount for each new customer twice', FIXED, { newCustomersOnly: true, maxPerCustomer: 2 }, '/maxPerCustomer'],
  ])('does not carry %s without limits', async (_name, discount, rest, pointer) => {
    const wanted = aDesk().create({ code: 'TALLY10', currency: 'EUR', discount, ...rest });
    await expect(wanted).rejects.toMatchObject({ code: 'invalid_request', errors: [{ pointer }] });
  });

  it.each([
    ['half off for everybody', HALF, {}],
    ['nothing', undefined, {}],
    ['an amount a hundred times', FIXED, { maxRedemptions: 100, maxPerCustomer: 2 }],
    ['an amount for new customers', FIXED, { newCustomersOnly: true }],
  ])('may carry %s', async (_name, discount, rest) => {
    const { code } = await aDesk().create({ code: 'TALLY10', currency: 'EUR', discount, ...rest });
    expect(code).toMatchObject({ code: 'TALLY10', isChosen: true });
  });

  it('does not look like one that is made', async () => {
    await expect(aDesk().create({ code: 'FRIENDS-0F-TA-11Y' })).resolves.toBeDefined();
    await expect(aDesk().create({ code: 'FRIENDS-OF-TALLYXY' })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/code' }],
    });
  });
});

describe('a code that is made', () => {
  it('may carry anything, and amounts need their currency', async () => {
    const { code } = await aDesk().create({ discount: FIXED, currency: 'EUR' });
    expect([code.isChosen, isMistyped(canonicalCode(code.code))]).toEqual([false, false]);
    for (const terms of [{ discount: FIXED }, { minimumSpendMinor: 1n }, { discount: { ...HALF, capMinor: 1n } }]) {
      await expect(aDesk().create(terms)).rejects.toMatchObject({ errors: [{ pointer: '/currency' }] });
    }
  });
});

describe('codes in bulk', () => {
  it('are all different, and the same ones for the same request', async () => {
    const desk = aDesk();
    const made = await desk.createMany({ count: 60, discount: FREE });
    expect(new Set(made.map(codeOf)).size).toBe(60);
    expect(made.every((outcome) => 'code' in outcome && !outcome.repeated)).toBe(true);
    const again = await desk.createMany({ count: 60, discount: FREE });
    expect(again.map(codeOf)).toEqual(made.map(codeOf));
    expect(again.every((outcome) => 'code' in outcome && outcome.repeated)).toBe(true);
    expect((await desk.createMany({ count: 60, requestId: 'request-2' })).map(codeOf)).not.toContain(codeOf(made[0]));
  });

  it('go on where a request died', async () => {
    const desk = aDesk();
    const { addAll } = desk.codes;
    let chunks = 0;
    desk.codes.addAll = async (codes) => {
      if (++chunks === 2) throw new Error('cut');
      return addAll(codes);
    };
    await expect(desk.createMany({ count: 60 })).rejects.toThrow('cut');
    desk.codes.addAll = addAll;
    const made = await desk.createMany({ count: 60 });
    expect(new Set(made.map(codeOf)).size).toBe(60);
    expect((await desk.codes.list('shop', { limit: 100 })).items).toHaveLength(60);
  });

  it('makes the same codes, and no more, when two repeats of a request meet', async () => {
    const desk = aDesk();
    const undisturbed = await aDesk().createMany({ count: 3 });
    // The table refuses what another writes at the same moment: first the chunk, then one code by itself.
    const { addAll } = desk.codes;
    let refusals = 2;
    desk.codes.addAll = async (codes) => (refusals-- > 0 ? 'refused' : addAll(codes));
    expect((await desk.createMany({ count: 3 })).map(codeOf)).toEqual(undisturbed.map(codeOf));
  });

  it('are refused under a key that made others', async () => {
    const desk = aDesk();
    await desk.createMany({ count: 1 });
    await expect(desk.createMany({ count: 2 })).rejects.toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('take chosen ones, of which one that is taken fails alone', async () => {
    const desk = aDesk();
    await desk.codes.add(aCode({ code: 'THEIRS', partnerId: 'noor' }), 'before');
    const outcomes = await desk.createMany({ codes: ['OURS-1', 'theirs', 'ours1'], count: 1 });
    expect(outcomes.map((outcome) => ('failure' in outcome ? outcome.taken : outcome.code.code)).slice(0, 3)).toEqual([
      'OURS-1',
      'theirs',
      'ours1',
    ]);
    expect(outcomes[1]).toMatchObject({ failure: { code: 'already_exists', errors: [{ pointer: '/codes/1' }] } });
    expect(outcomes).toHaveLength(4);
  });

  it('store nothing when anything is wrong', async () => {
    const desk = aDesk();
    const value = { currency: 'EUR', discount: FIXED };
    await expect(desk.createMany({ codes: ['OURS'], count: 5, ...value })).rejects.toMatchObject({
      errors: [{ pointer: '/maxRedemptions' }],
    });
    await expect(desk.createMany({ codes: ['OURS', 'FRIENDS-OF-TALLYXY'] })).rejects.toMatchObject({
      errors: [{ pointer: '/codes/1' }],
    });
    expect((await desk.codes.list('shop', { limit: 10 })).items).toEqual([]);
  });
});

describe('changing a code', () => {
  it('keeps what was, what is and who did it, and nothing when nothing changes', async () => {
    const desk = aDesk();
    await desk.create({ code: 'TALLY10', validUntil: instant('2026-06-01T00:00:00Z') });
    await desk.change('tally-10', { disabled: true, validUntil: null, discount: HALF });
    await desk.change('TALLY10', { disabled: true, discount: { rateBps: 5_000, kind: 'percent' } });
    const { code, changes } = await desk.read({ programId: 'shop', code: 'TALLY10' });
    expect(code).toMatchObject({ disabled: true, discount: HALF, version: 1 });
    expect(changes).toEqual([
      {
        sequence: 1,
        at: '2026-01-16T00:00:00.000Z',
        by: 'person:manager',
        before: { validUntil: '2026-06-01T00:00:00.000Z' },
        after: { disabled: true, discount: HALF },
      },
    ]);
  });

  it('holds the rules of chosen codes, also for one from before it was kept whether it was', async () => {
    const desk = aDesk();
    await desk.codes.add(aCode(), 'before');
    const value = { discount: FIXED, currency: 'EUR' };
    await expect(desk.change('TALLY10', value)).rejects.toMatchObject({ errors: [{ pointer: '/maxRedemptions' }] });
    await desk.change('TALLY10', { ...value, maxRedemptions: 5 });
    await expect(desk.change('TALLY10', { maxRedemptions: null })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(desk.change('OTHER', {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says by how much a lowered limit is exceeded', async () => {
    const desk = aDesk();
    await desk.codes.add(aCode({ maxRedemptions: 3 }), 'before');
    for (const id of ['a', 'b', 'c']) {
      const held = aRedemption({ redemptionId: id, code: 'TA11Y10', limited: true, shard: 0 });
      await desk.redemptions.reserve(held, instant('2026-01-15T12:00:00Z'), { index: 0, places: 3 });
    }
    await desk.change('TALLY10', { maxRedemptions: 2 });
    const { use } = await desk.read({ programId: 'shop', code: 'TALLY10' });
    expect(use).toEqual({ confirmed: 7, seats: { taken: 3, available: 0, overLimit: 1 } });
  });
});
