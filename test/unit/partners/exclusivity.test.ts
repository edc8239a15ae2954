import { beforeEach, describe, expect, it } from 'vitest';
import { MAX_EXCLUSIVITIES } from '#shared/application/partners/change-agreements';
import type { Exclusivity } from '#shared/domain/partner/agreement';
import { A_TEXT, anAgreementHouse } from '#test/support/builders/agreements';
import { instant } from '#test/support/builders/partners';

const books: Exclusivity = { kind: 'category', values: ['books'] };
let house: Awaited<ReturnType<typeof anAgreementHouse>>;
beforeEach(async () => {
  house = await anAgreementHouse();
});
const held = async () =>
  (await house.partners.store.exclusivities('acme')).holdings.map(({ partnerId, agreementId, from, until }) => [
    partnerId,
    agreementId,
    from.slice(0, 10),
    until?.slice(0, 10),
  ]);

describe('an exclusivity', () => {
  it('is refused to a second partner at the same time, naming the first to a manager', async () => {
    await house.amend({ exclusivity: books });
    await expect(house.amend({ partnerId: 'p2', exclusivity: books })).rejects.toMatchObject({
      code: 'exclusivity_conflict',
      errors: [{ pointer: '/exclusivity' }],
      extra: { partnerId: 'p1', agreementId: 'a2' },
    });
    await expect(house.enrol({ exclusivity: books })).rejects.toMatchObject({ code: 'exclusivity_conflict' });
    expect(await house.partners.store.standing('acme', 'p3')).toBeUndefined();
    expect(await house.terms('p2')).toHaveLength(1);
  });

  it('is open to others for other values, kinds and times, and to its own partner again', async () => {
    await house.amend({ exclusivity: { ...books, until: instant('2026-06-01T00:00:00Z') } });
    await house.amend({ partnerId: 'p2', exclusivity: { kind: 'category', values: ['films'] } });
    await house.enrol({ exclusivity: { kind: 'geography', values: ['DE'] } });
    const june = { agreementId: 'a3', startsAt: instant('2026-06-01T00:00:00Z') };
    await house.amend({ ...june, partnerId: 'p2', exclusivity: books });
    await house.amend({
      ...june,
      startsAt: instant('2026-05-01T00:00:00Z'),
      exclusivity: { ...books, until: june.startsAt },
    });
    expect(await held()).toEqual([
      ['p3', 'enrolment', '2026-03-01', undefined],
      ['p2', 'a2', '2026-04-01', '2026-06-01'],
      ['p2', 'a3', '2026-06-01', undefined],
      ['p1', 'a2', '2026-04-01', '2026-05-01'],
      ['p1', 'a3', '2026-05-01', '2026-06-01'],
    ]);
  });

  it('ends with a termination and with a version that does not repeat it', async () => {
    await house.amend({ startsAt: instant('2026-03-01T00:00:00Z'), exclusivity: books });
    await house.terminate({ agreementId: 'a2' });
    await house.amend({ partnerId: 'p2', exclusivity: books });
    await house.amend({ agreementId: 'a3', partnerId: 'p2', startsAt: instant('2026-05-01T00:00:00Z') });
    await house.enrol({ startsAt: instant('2026-05-01T00:00:00Z'), exclusivity: books });
    expect((await held()).map(([partnerId]) => partnerId)).toEqual(['p1', 'p2', 'p3']);
  });

  it('of an open proposal is kept for it, until it is taken back', async () => {
    await house.amend({ text: A_TEXT, exclusivity: books });
    await expect(house.amend({ partnerId: 'p2', exclusivity: books })).rejects.toMatchObject({
      code: 'exclusivity_conflict',
    });
    await house.withdraw();
    await house.amend({ partnerId: 'p2', exclusivity: books });
  });

  it('that accepting late would stretch over another one is refused without naming anybody', async () => {
    await house.amend({ text: A_TEXT, termMonths: 1, exclusivity: books });
    await house.amend({ partnerId: 'p2', startsAt: instant('2026-05-01T00:00:00Z'), exclusivity: books });
    house.closeThrough('2026-04');
    const refusal = await house.accept().catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'exclusivity_conflict', extra: {} });
    expect(String(refusal)).not.toContain('p2');
  });

  it('is given to one of many who ask at once', async () => {
    const outcomes = await Promise.allSettled([
      house.amend({ exclusivity: books }),
      house.amend({ partnerId: 'p2', exclusivity: books }),
      house.enrol({ exclusivity: books }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await held()).toHaveLength(1);
  });

  it('answers a repeated enrolment although somebody else holds it by now', async () => {
    await house.enrol({ exclusivity: books });
    await house.terminate({ partnerId: 'p3' });
    await house.amend({ partnerId: 'p2', exclusivity: books });
    expect((await house.enrol({ exclusivity: books })).repeated).toBe(true);
  });

  it('is forgotten when its month can no longer be opened again', async () => {
    await house.amend({ exclusivity: { ...books, until: instant('2026-04-20T00:00:00Z') } });
    house.closeThrough('2026-05');
    await house.amend({ partnerId: 'p2', exclusivity: books });
    expect((await held()).map(([partnerId]) => partnerId)).toEqual(['p2']);
  });

  it('is one of a limited number in a programme', async () => {
    const holdings = Array.from({ length: MAX_EXCLUSIVITIES }, (_, index) => ({
      ...{ partnerId: `x${index}`, agreementId: 'a', from: instant('2026-01-01T00:00:00Z') },
      ...{ kind: 'category' as const, values: [`c${index}`] },
    }));
    const standing = (await house.partners.store.standing('acme', 'p2'))!;
    await house.partners.store.save(standing, undefined, { register: { version: 0, holdings } });
    await expect(house.amend({ exclusivity: books })).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '/exclusivity' }],
    });
  });
});
