import { beforeEach, describe, expect, it } from 'vitest';
import { authorize, type Principal } from '#functions/runtime/principal';
import { terminateAgreementRoute } from '#shared/contracts/partners/terminate-agreement';
import { A_TEXT, anAgreementHouse } from '#test/support/builders/agreements';
import { instant } from '#test/support/builders/partners';

let house: Awaited<ReturnType<typeof anAgreementHouse>>;
beforeEach(async () => {
  house = await anAgreementHouse();
});
const refused = (code: string, more: Record<string, unknown> = {}) => ({ code, ...more });

describe('a term', () => {
  it('that rolls on shows its end and until when notice can be given', async () => {
    const rolls = { termMonths: 6, renewal: 'automatic', noticeDays: 30 } as const;
    const view = await house.amend(rolls);
    expect(view).toMatchObject({
      endsAt: undefined,
      currentTermEndsAt: instant('2026-10-01T00:00:00Z'),
      noticeBy: instant('2026-09-01T00:00:00Z'),
    });
    house.at(instant('2026-10-02T00:00:00Z'));
    expect((await house.get('a2')).agreement).toMatchObject({ currentTermEndsAt: instant('2027-04-01T00:00:00Z') });
  });

  it('that ends by itself has that end, and no notice', async () => {
    const view = await house.amend({ termMonths: 6 });
    expect(view).toMatchObject({ renewal: 'none', endsAt: instant('2026-10-01T00:00:00Z') });
    expect(view.noticeBy).toBeUndefined();
    expect((await house.terms())?.[1]).toMatchObject({ endsAt: instant('2026-10-01T00:00:00Z') });
  });

  it('is renewed by agreement, once a request', async () => {
    await house.amend({ termMonths: 6, renewal: 'by_agreement' });
    const renewed = await house.renew({ actId: 'r1' });
    expect(renewed).toMatchObject({ endsAt: instant('2027-04-01T00:00:00Z'), renewedMonths: 6 });
    expect(await house.renew({ actId: 'r1' })).toEqual(renewed);
    expect(await house.renew({ actId: 'r2', termMonths: 1 })).toMatchObject({
      endsAt: instant('2027-05-01T00:00:00Z'),
    });
    expect((await house.get('a2')).records).toMatchObject([{ kind: 'recorded' }, { months: 6 }, { months: 1 }]);
  });

  it('may be renewed after its end until that month is closed', async () => {
    await house.amend({ termMonths: 6, renewal: 'by_agreement' });
    house.at(instant('2026-10-20T00:00:00Z'));
    house.closeThrough('2026-10');
    await expect(house.renew()).rejects.toMatchObject(refused('agreement_not_open'));
    house.closeThrough('2026-09');
    expect(await house.renew()).toMatchObject({ status: 'in_force' });
  });

  it.each([
    ['rolls on by itself', { termMonths: 6, renewal: 'automatic' } as const],
    ['is not to be renewed', { termMonths: 6, renewal: 'none' } as const],
    ['is none', {}],
    ['waits for the partner', { termMonths: 6, renewal: 'by_agreement', text: A_TEXT } as const],
  ])('cannot be renewed when it %s', async (_what, over) => {
    await house.amend(over);
    await expect(house.renew()).rejects.toMatchObject(refused('agreement_not_open'));
  });

  it('cannot be renewed once a later version has taken its place', async () => {
    await house.amend({ startsAt: instant('2026-02-01T00:00:00Z'), termMonths: 6, renewal: 'by_agreement' });
    await house.amend({ agreementId: 'a3', startsAt: instant('2026-03-01T00:00:00Z') });
    await expect(house.renew()).rejects.toMatchObject(refused('agreement_not_open'));
  });

  it('cannot be renewed beyond the times that the API knows, nor after a termination', async () => {
    await house.amend({ termMonths: 120, renewal: 'by_agreement' });
    for (let count = 0; count < 6; count += 1) await house.renew();
    await expect(house.renew()).rejects.toMatchObject(refused('invalid_request'));
    house.at(instant('2026-05-01T00:00:00Z'));
    await house.terminate({ agreementId: 'a2' });
    await expect(house.renew()).rejects.toMatchObject(refused('agreement_not_open'));
  });
});

describe('a termination', () => {
  it('ends the agreement and says what that means for earlier customers', async () => {
    const view = await house.terminate({ effect: 'honour_until_window_ends' });
    expect(view).toMatchObject({ status: 'ended', endsAt: instant('2026-03-10T08:00:00Z') });
    expect(await house.terms()).toMatchObject([
      { endsAt: instant('2026-03-10T08:00:00Z'), afterEnd: 'honour_until_window_ends' },
    ]);
    expect((await house.get('enrolment')).records).toMatchObject([
      { kind: 'terminated', cause: 'breach', reason: 'Spam', by: 'person:manager', cancelled: [] },
    ]);
  });

  it('answers the first one to a repeat', async () => {
    const first = await house.terminate({ actId: 't1' });
    house.at(instant('2026-03-11T00:00:00Z'));
    expect(await house.terminate({ actId: 't1' })).toEqual(first);
    expect((await house.get('enrolment')).records).toHaveLength(1);
  });

  it('by notice too early names the earliest end', async () => {
    await house.amend({ startsAt: instant('2026-03-01T00:00:00Z'), noticeDays: 30 });
    const notice = { agreementId: 'a2', cause: 'notice', endsAt: instant('2026-03-20T00:00:00Z') } as const;
    await expect(house.terminate(notice)).rejects.toMatchObject(
      refused('agreement_end_not_possible', {
        errors: [{ pointer: '/endsAt' }],
        // Thirty days on the wall clock, over the change to summer time.
        extra: { earliestEndsAt: instant('2026-04-09T07:00:00Z') },
      }),
    );
    expect(await house.terminate({ ...notice, endsAt: undefined })).toMatchObject({
      status: 'in_force',
      endsAt: instant('2026-04-09T07:00:00Z'),
    });
  });

  it('in a closed month takes effect at the first instant of the first open one', async () => {
    house.closeThrough('2026-02');
    expect(await house.terminate({ endsAt: instant('2026-02-10T00:00:00Z') })).toMatchObject({
      endsAt: instant('2026-03-01T00:00:00Z'),
    });
  });

  it('cancels what would start later, accepted or not, and a new version starts afresh', async () => {
    await house.amend();
    await house.amend({ agreementId: 'a3', text: A_TEXT });
    await house.terminate();
    expect((await house.get('a2')).agreement.status).toBe('withdrawn');
    expect((await house.get('a3')).agreement.status).toBe('withdrawn');
    await expect(house.accept({ agreementId: 'a3' })).rejects.toMatchObject(refused('agreement_not_open'));
    expect(await house.terms()).toHaveLength(1);
    expect(await house.amend({ agreementId: 'a4' })).toMatchObject({ status: 'scheduled', sequence: 4 });
  });

  it('of a version that has not begun names the one to terminate, or makes it never start', async () => {
    await house.amend();
    await expect(house.terminate({ agreementId: 'a2' })).rejects.toMatchObject(
      refused('agreement_not_open', { extra: { agreementId: 'enrolment' } }),
    );
    await house.enrol({ startsAt: instant('2026-05-01T00:00:00Z') });
    expect(await house.terminate({ partnerId: 'p3' })).toMatchObject({ status: 'withdrawn' });
    expect(await house.terms('p3')).toEqual([]);
  });

  it('of a replaced version names the one that replaced it, and of an ended one its end', async () => {
    await house.amend({ startsAt: instant('2026-03-01T00:00:00Z'), endsAt: instant('2026-03-05T00:00:00Z') });
    await expect(house.terminate()).rejects.toMatchObject(
      refused('agreement_not_open', { extra: { agreementId: 'a2' } }),
    );
    await expect(house.terminate({ agreementId: 'a2' })).rejects.toMatchObject(
      refused('agreement_not_open', { extra: { endsAt: instant('2026-03-05T00:00:00Z') } }),
    );
  });

  it('of a proposal is its withdrawal', async () => {
    await house.amend({ text: A_TEXT });
    await expect(house.terminate({ agreementId: 'a2' })).rejects.toMatchObject(refused('agreement_not_open'));
  });
});

describe("a partner's own notice", () => {
  const byPartner = { by: 'person:ada', isPartner: true, isManager: false, cause: 'notice' } as const;

  it('ends its agreement as early as the agreement allows, and says who gave it', async () => {
    await house.amend({ termMonths: 12, noticeDays: 30, renewal: 'automatic', afterEnd: 'honour_until_window_ends' });
    house.at(instant('2026-04-10T00:00:00Z'));
    const ended = await house.terminate({ ...byPartner, agreementId: 'a2', effect: 'honour_until_window_ends' });
    expect(ended.endsAt).toBe('2027-04-01T00:00:00.000Z');
    expect((await house.get('a2')).records.at(-1)).toMatchObject({
      kind: 'terminated',
      cause: 'notice',
      by: 'person:ada',
    });
  });

  it.each([
    ['/cause', { cause: 'breach' }],
    ['/cause', { cause: 'mutual' }],
    ['/effect', { effect: 'honour_until_window_ends' }],
  ] as const)('is refused at %s with %j, also to a manager who is that person', async (pointer, over) => {
    for (const isManager of [false, true]) {
      await expect(house.terminate({ ...byPartner, isManager, ...over })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ pointer }],
      });
    }
    expect((await house.get('enrolment')).records).toEqual([]);
  });

  it("is not for another partner's agreement", async () => {
    const stranger = { ...byPartner, isPartner: false };
    await expect(house.terminate(stranger)).rejects.toMatchObject({ code: 'not_found' });
    const noor = {
      kind: 'person',
      id: 'person:noor',
      grants: [{ programId: 'acme', role: 'partner', partnerId: 'p2' }],
    };
    const call = () => authorize(terminateAgreementRoute, noor as Principal, { programId: 'acme', partnerId: 'p1' });
    expect(call).toThrow(expect.objectContaining({ code: 'not_found' }));
  });
});
