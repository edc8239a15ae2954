import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { agreementAnswer, wholeAgreementAnswer } from '#functions/partners/agreement-answers';
import { digest } from '#shared/adapters/digest';
import { MAX_CUSTOM_VERSIONS } from '#shared/application/partners/draft-agreement';
import { plansOfTerms } from '#shared/application/plans-of-terms';
import { A_TEXT, anAgreementHouse, OWN_COMPONENTS, TEXT_HASH } from '#test/support/builders/agreements';
import { instant, plansUpTo } from '#test/support/builders/partners';

let house: Awaited<ReturnType<typeof anAgreementHouse>>;
beforeEach(async () => {
  house = await anAgreementHouse();
});
const refused = (code: string, more: Record<string, unknown> = {}) => ({ code, ...more });

describe('a version with components of its own', () => {
  it('counts under a plan version of its own, beside the published ones', async () => {
    const view = await house.amend({ components: OWN_COMPONENTS });
    expect(view).toMatchObject({ planVersion: 1_000_003, sequence: 2, custom: true, status: 'scheduled' });
    const terms = await house.partners.terms.terms('acme', 'p1');
    expect(terms?.agreements[1]).toMatchObject({ agreementId: 'a2', components: OWN_COMPONENTS });
    const plans = await plansOfTerms('acme', terms!, plansUpTo(1));
    expect([...plans.keys()]).toEqual([1, 1_000_003]);
    expect(plans.get(1_000_003)).toEqual({ version: 1_000_003, components: OWN_COMPONENTS });
    expect((await house.get('a2')).components).toEqual(OWN_COMPONENTS);
  });

  it('leaves a version that was never published out of the plans', async () => {
    const terms = await house.partners.terms.terms('acme', 'p1');
    expect([...(await plansOfTerms('acme', terms!, plansUpTo(0))).keys()]).toEqual([]);
  });

  it('is held against the rules of plans, each broken rule at its place', async () => {
    const twice = [OWN_COMPONENTS[0]!, { ...OWN_COMPONENTS[0]!, ratesByTier: { referral: 10_001 } }];
    await expect(house.amend({ components: twice })).rejects.toMatchObject(
      refused('plan_invalid', {
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '/components/1/id' }),
          expect.objectContaining({ pointer: '/components/1/ratesByTier/referral' }),
        ]),
      }),
    );
  });

  it('has either a plan or components', async () => {
    for (const over of [{ components: OWN_COMPONENTS, planVersion: 1 }, { planVersion: undefined }]) {
      await expect(house.amend(over)).rejects.toMatchObject(refused('invalid_request'));
    }
  });

  it('cannot name the custom terms of an agreement as if they were published', async () => {
    await house.amend({ components: OWN_COMPONENTS });
    await expect(house.amend({ agreementId: 'a3', planVersion: 1_000_003 })).rejects.toMatchObject(
      refused('unknown_plan_version'),
    );
  });

  it('may not be too large, nor one of too many', async () => {
    const rates = Array.from({ length: 60 }, (_, index) => ({ category: 'c'.repeat(60) + index, rateBps: 1 }));
    const large = Array.from({ length: 20 }, (_, index) => ({ ...OWN_COMPONENTS[0]!, id: `c${index}`, rates }));
    await expect(house.amend({ components: large })).rejects.toMatchObject(
      refused('invalid_request', { errors: [{ pointer: '/components' }] }),
    );
    for (let count = 0; count < MAX_CUSTOM_VERSIONS; count += 1) {
      await house.amend({ agreementId: `c${count}`, components: OWN_COMPONENTS });
    }
    await expect(house.amend({ components: OWN_COMPONENTS })).rejects.toMatchObject(
      refused('invalid_request', { errors: [{ pointer: '/components' }] }),
    );
  });
});

describe("a partner's terms", () => {
  const countries = Array.from({ length: 100 }, (_, index) => `X${index}`);
  it.each([
    ['500 versions', 500, {}],
    ['250 kB', 400, { exclusivity: { kind: 'geography', values: countries } as const }],
  ])('are full with %s', async (_what, count, over) => {
    const standing = (await house.partners.store.standing('acme', 'p2'))!;
    const version = { ...standing.agreements[0]!, ...over };
    const agreements = Array.from({ length: count }, (_, index) => ({ ...version, agreementId: `v${index}` }));
    await house.partners.store.save({ ...standing, agreements }, undefined);
    await expect(house.amend({ partnerId: 'p2' })).rejects.toMatchObject(refused('invalid_request'));
    expect((await house.partners.store.standing('acme', 'p2'))?.agreements).toHaveLength(count);
  });
});

describe('a version that requires acceptance', () => {
  it('counts for nothing until then', async () => {
    const view = await house.amend({ text: A_TEXT });
    expect(view).toMatchObject({ status: 'proposed', textHash: TEXT_HASH });
    expect(await house.terms()).toHaveLength(1);
    expect(await house.get('a2')).toMatchObject({ text: A_TEXT, records: [] });
  });

  it('needs no acceptance where that was said, and keeps the text', async () => {
    expect(await house.amend({ text: A_TEXT, requiresAcceptance: false })).toMatchObject({ status: 'scheduled' });
    expect(await house.get('a2')).toMatchObject({ text: A_TEXT });
    await expect(house.accept()).rejects.toMatchObject(refused('agreement_not_open'));
  });

  it('takes effect at its start once the partner accepts the text it read', async () => {
    await house.amend({ text: A_TEXT });
    const view = await house.accept();
    expect(view).toMatchObject({
      status: 'scheduled',
      from: instant('2026-04-01T00:00:00Z'),
      acceptedAt: instant('2026-03-10T08:00:00Z'),
      sequence: 3,
    });
    expect((await house.get('a2')).records).toEqual([
      {
        kind: 'accepted',
        agreementId: 'a2',
        at: instant('2026-03-10T08:00:00Z'),
        by: 'person:ada',
        textHash: TEXT_HASH,
        method: 'partner',
        effectiveFrom: instant('2026-04-01T00:00:00Z'),
        termsHash: view.termsHash,
        version: { from: instant('2026-04-01T00:00:00Z'), planVersion: 2, sequence: 3, textHash: TEXT_HASH },
      },
    ]);
    expect(await house.terms()).toHaveLength(2);
  });

  it('is accepted with its components: the hash of its text alone says nothing of them', async () => {
    const { termsHash } = await house.amend({ text: A_TEXT, components: OWN_COMPONENTS });
    await expect(house.accept()).rejects.toMatchObject(
      refused('invalid_request', { errors: [{ pointer: '/termsHash' }] }),
    );
    await expect(house.accept({ termsHash: '0'.repeat(64) })).rejects.toMatchObject(
      refused('text_hash_mismatch', { errors: [{ pointer: '/termsHash' }] }),
    );
    expect(await house.accept({ termsHash })).toMatchObject({ termsHash, status: 'scheduled' });
    expect((await house.get('a2')).records).toMatchObject([
      { termsHash, version: { planVersion: 1_000_003, componentsHash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
    expect(await house.accept({ termsHash })).toMatchObject({ termsHash });
    await expect(house.accept({ termsHash: '0'.repeat(64) })).rejects.toMatchObject(refused('text_hash_mismatch'));
  });

  it('has a hash of its terms that whoever reads them makes from the answer', async () => {
    const until = instant('2027-01-01T00:00:00Z');
    const exclusivity = { kind: 'geography', values: ['DE'], until } as const;
    const { termsHash } = await house.amend({ text: A_TEXT, components: OWN_COMPONENTS, termMonths: 12, exclusivity });
    const read = {
      components: [{ id: 'own', kind: 'revenue_share', ratesByTier: { referral: 2000 } }],
      exclusivity: { countries: ['DE'], kind: 'geography', until },
      planVersion: 1_000_003,
      renewal: 'none',
      startsAt: '2026-04-01T00:00:00.000Z',
      termMonths: 12,
      text: A_TEXT,
    };
    expect(termsHash).toBe(createHash('sha256').update(JSON.stringify(read)).digest('hex'));
  });

  it('takes effect at the first instant of the first open period when it is accepted late, its term with it', async () => {
    await house.amend({ text: A_TEXT, termMonths: 12 });
    house.closeThrough('2026-05');
    expect(await house.accept()).toMatchObject({
      from: instant('2026-05-31T23:00:00Z'),
      endsAt: instant('2027-05-31T23:00:00Z'),
    });
  });

  it('says when it would take effect now, and once it counts which start was asked for', async () => {
    const asked = instant('2026-04-01T00:00:00Z');
    expect(await house.amend({ text: A_TEXT })).toMatchObject({ from: asked, takesEffectAt: asked });
    house.closeThrough('2026-05');
    const { agreement } = await house.get('a2');
    const later = instant('2026-05-31T23:00:00Z');
    expect(agreementAnswer(agreement)).toMatchObject({ startsAt: asked, takesEffectAt: later });
    const accepted = agreementAnswer(await house.accept());
    expect(accepted).toMatchObject({ startsAt: later, askedStartsAt: asked });
    expect(accepted.takesEffectAt).toBeUndefined();
    expect(agreementAnswer((await house.get('a2')).agreement)).toEqual(accepted);
  });

  it('shows no shift where there is none, nor of one that was taken back', async () => {
    await house.amend({ text: A_TEXT });
    expect(agreementAnswer(await house.accept()).askedStartsAt).toBeUndefined();
    await house.amend({ agreementId: 'a3', text: A_TEXT });
    const gone = agreementAnswer(await house.withdraw({ agreementId: 'a3' }));
    expect([gone.status, gone.takesEffectAt]).toEqual(['withdrawn', undefined]);
  });

  it('outranks a version with the same start that was recorded while it waited', async () => {
    await house.amend({ text: A_TEXT });
    await house.amend({ agreementId: 'a3', planVersion: 3 });
    await house.accept();
    house.at(instant('2026-04-02T00:00:00Z'));
    expect((await house.get('a2')).agreement.status).toBe('in_force');
    expect((await house.get('a3')).agreement.status).toBe('replaced');
  });

  it('answers the same to a repeat, also by a colleague', async () => {
    await house.amend({ text: A_TEXT });
    const first = await house.accept();
    expect(await house.accept({ by: 'person:bob' })).toEqual(first);
    expect((await house.get('a2')).records).toHaveLength(1);
  });

  it('refuses another hash before and after it was accepted', async () => {
    await house.amend({ text: A_TEXT });
    const other = { textHash: digest('another text') };
    await expect(house.accept(other)).rejects.toMatchObject(refused('text_hash_mismatch'));
    await house.accept();
    await expect(house.accept(other)).rejects.toMatchObject(refused('text_hash_mismatch'));
  });

  it('is accepted on paper by a manager who names the paper', async () => {
    await house.amend({ text: A_TEXT });
    const manager = { isPartner: false, isManager: true, by: 'person:manager' };
    const missing = { errors: [{ pointer: '/paperReference' }] };
    await expect(house.accept(manager)).rejects.toMatchObject(refused('invalid_request', missing));
    await expect(house.accept({ paperReference: 'F-7' })).rejects.toMatchObject(refused('invalid_request', missing));
    await house.accept({ ...manager, paperReference: 'F-7' });
    expect((await house.get('a2')).records).toMatchObject([{ method: 'paper', paperReference: 'F-7' }]);
  });

  it('tells its partner what was done and when, not who of the staff did it nor where the paper lies', async () => {
    await house.amend({ text: A_TEXT });
    await house.accept({ isPartner: false, isManager: true, by: 'person:manager', paperReference: 'F-7' });
    await house.amend({ agreementId: 'a3', text: A_TEXT });
    await house.withdraw({ agreementId: 'a3', by: 'key:k1', onBehalfOf: 'person:manager' });
    const [accepted, withdrawn] = [await house.get('a2'), await house.get('a3')];
    const asPartner = JSON.stringify([accepted, withdrawn].map((whole) => wholeAgreementAnswer(whole, true)));
    expect(asPartner).not.toMatch(/person:|key:|F-7/);
    expect(wholeAgreementAnswer(accepted, true).acceptance).toMatchObject({ method: 'paper', textHash: TEXT_HASH });
    expect(wholeAgreementAnswer(accepted, false).acceptance).toMatchObject({
      by: 'person:manager',
      paperReference: 'F-7',
    });
    expect(wholeAgreementAnswer(withdrawn, false).withdrawal).toMatchObject({ onBehalfOf: 'person:manager' });
  });

  it('is hidden from anybody who is neither', async () => {
    await house.amend({ text: A_TEXT });
    await expect(house.accept({ isPartner: false })).rejects.toMatchObject(refused('not_found'));
    await expect(house.accept({ agreementId: 'a9' })).rejects.toMatchObject(refused('not_found'));
  });

  it('cannot be accepted once its end has passed into a closed month', async () => {
    await house.amend({ text: A_TEXT, endsAt: instant('2026-04-20T00:00:00Z') });
    house.closeThrough('2026-05');
    await expect(house.accept()).rejects.toMatchObject(refused('agreement_not_open'));
  });

  it('can be taken back until it is accepted, once or twice', async () => {
    await house.amend({ text: A_TEXT });
    const withdrawn = await house.withdraw({ reason: 'A typing error', by: 'key:k1', onBehalfOf: 'person:manager' });
    expect(withdrawn).toMatchObject({ status: 'withdrawn' });
    expect(await house.withdraw()).toEqual(withdrawn);
    expect((await house.get('a2')).records).toMatchObject([
      { kind: 'withdrawn', reason: 'A typing error', by: 'key:k1', onBehalfOf: 'person:manager' },
    ]);
    await expect(house.accept()).rejects.toMatchObject(refused('agreement_not_open'));
    await house.amend({ agreementId: 'a3', text: A_TEXT });
    await house.accept({ agreementId: 'a3' });
    await expect(house.withdraw({ agreementId: 'a3' })).rejects.toMatchObject(refused('agreement_not_open'));
  });

  it('is either accepted or taken back when both happen at once', async () => {
    await house.amend({ text: A_TEXT });
    const outcomes = await Promise.allSettled([house.accept(), house.withdraw()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await house.get('a2')).records).toHaveLength(1);
  });
});

describe('an enrolment with terms of its own', () => {
  it('pays by its components', async () => {
    const { partner } = await house.enrol({ components: OWN_COMPONENTS });
    expect(partner.planVersion).toBe(1_000_002);
    expect(await house.terms('p3')).toMatchObject([{ planVersion: 1_000_002, components: OWN_COMPONENTS }]);
    expect((await house.enrol({ components: OWN_COMPONENTS })).repeated).toBe(true);
    const other = [{ ...OWN_COMPONENTS[0]!, ratesByTier: { referral: 1 } }];
    await expect(house.enrol({ components: other })).rejects.toMatchObject(refused('already_exists'));
  });

  it('waits for the partner when it has a text', async () => {
    await house.enrol({ text: A_TEXT });
    expect(await house.terms('p3')).toEqual([]);
    await house.accept({ partnerId: 'p3', agreementId: 'enrolment' });
    expect(await house.terms('p3')).toMatchObject([{ from: instant('2026-03-01T00:00:00Z') }]);
  });
});
