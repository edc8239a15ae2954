import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '#infra/api-client';
import { type LocalStack, startLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

const TEXT = '# Terms\n\nNova is paid 20 % of what it sells in Germany.\n';
const TERMS = {
  startsAt: '2026-01-16T00:00:00Z',
  components: [
    { kind: 'revenue_share', id: 'strategic', ratesByTier: { referral: 2000 }, windowMonths: 12 },
    { kind: 'fixed_fee', id: 'retainer', amountMinor: 10_000, prorate: false },
  ],
  termMonths: 12,
  renewal: 'automatic',
  noticeDays: 90,
  exclusivity: { kind: 'geography', countries: ['AT', 'DE'] },
  text: TEXT,
};

type Agreement = Record<string, unknown> & { agreementId: string; textHash: string; termsHash: string };

let stack: LocalStack;
let programId: string;
let partners: string;
let proposal: Agreement;

beforeAll(async () => {
  stack = await startLocalStack();
  programId = await aProgramme(stack.as('admin'));
  partners = `/v1/programs/${programId}/partners`;
  const email = stack.endpoints.people.find(({ role }) => role === 'partner')?.email;
  await aPartner(stack.as('partner_manager'), programId, 'nova', { email });
  await aPartner(stack.as('partner_manager'), programId, 'orion');
});
afterAll(() => stack?.stop());

const refusal = async (attempt: Promise<unknown>): Promise<ApiProblem> => {
  const outcome = await attempt.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(ApiProblem);
  return outcome as ApiProblem;
};

describe('a strategic agreement from proposal to its end', () => {
  it('is proposed by a manager, seen by its partner alone, and promised to nobody else', async () => {
    const manager = stack.as('partner_manager');
    proposal = await manager.post<Agreement>(`${partners}/nova/agreements`, TERMS);
    expect(proposal).toMatchObject({
      takesEffectAt: '2026-01-16T00:00:00.000Z',
      status: 'proposed',
      planVersion: 1_000_003,
      custom: true,
    });

    const nova = stack.as('partner');
    const seen = await nova.get<Agreement>(`${partners}/nova/agreements/${proposal.agreementId}`);
    expect(seen).toMatchObject({ text: TEXT, components: TERMS.components, exclusivity: TERMS.exclusivity });
    const notice = { cause: 'notice', effect: 'stop', reason: 'We leave' };
    const hidden = [
      nova.post(`${partners}/orion/agreements/enrolment/termination`, notice),
      nova.get(`${partners}/orion/agreements/enrolment`),
      nova.post(`${partners}/orion/agreements/enrolment/acceptance`, { textHash: proposal.textHash }),
    ];
    for (const refused of await Promise.all(hidden.map(refusal))) expect(refused).toMatchObject({ status: 404 });

    const rival = { startsAt: '2026-03-01T00:00:00Z', planVersion: 1 };
    const geography = { kind: 'geography', countries: ['AT'] };
    const conflict = await refusal(manager.post(`${partners}/orion/agreements`, { ...rival, exclusivity: geography }));
    expect(conflict).toMatchObject({ status: 409, code: 'exclusivity_conflict', problem: { partnerId: 'nova' } });
  });

  it('is accepted by a person of the partner who read this text, and by nobody else', async () => {
    const path = `${partners}/nova/agreements/${proposal.agreementId}/acceptance`;
    const { textHash, termsHash } = proposal;
    expect(await refusal(stack.as('admin_key').post(path, { textHash }))).toMatchObject({ code: 'person_required' });
    expect(await refusal(stack.as('finance').post(path, { textHash }))).toMatchObject({ status: 403 });
    expect(await refusal(stack.as('partner_manager').post(path, { textHash }))).toMatchObject({ status: 422 });
    const nova = stack.as('partner');
    expect(await refusal(nova.post(path, { textHash: '0'.repeat(64) }))).toMatchObject({ code: 'text_hash_mismatch' });

    expect(await refusal(nova.post(path, { textHash }))).toMatchObject({ status: 422 });
    const other = { textHash, termsHash: '0'.repeat(64) };
    expect(await refusal(nova.post(path, other))).toMatchObject({ code: 'text_hash_mismatch' });

    const accepted = await nova.post<Agreement>(path, { textHash, termsHash });
    // In force since January, within its eleventh month or a later term: what is shown is the term that runs now.
    expect(accepted).toMatchObject({ status: 'in_force', startsAt: '2026-01-16T00:00:00.000Z', renewal: 'automatic' });
    expect(accepted.currentTermEndsAt).toMatch(/^20\d\d-01-16T00:00:00.000Z$/);
    expect(await nova.post(path, { textHash, termsHash })).toMatchObject({ acceptedAt: accepted.acceptedAt });
    const whole = await nova.get<Agreement>(`${partners}/nova/agreements/${proposal.agreementId}`);
    expect(whole.acceptance).toMatchObject({
      method: 'partner',
      textHash,
      termsHash,
      effectiveFrom: accepted.startsAt,
    });
    // Who did it, and where the paper lies, is for staff.
    expect(whole.acceptance).not.toHaveProperty('by');
    const { agreements } = await nova.get<{ agreements: Agreement[] }>(`${partners}/nova`);
    expect(agreements.map(({ planVersion, status }) => [planVersion, status])).toEqual([
      [1, 'replaced'],
      [1_000_003, 'in_force'],
    ]);
  });

  it('takes over in the middle of a month, is paid, explained and proved', async () => {
    const merchant = stack.as('merchant_key');
    const sale = { partnerId: 'nova', customerId: 'c1' };
    await aSale(merchant, programId, 'before', 10_000, { ...sale, occurredAt: '2026-01-15T23:59:59Z' });
    await aSale(merchant, programId, 'after', 10_000, { ...sale, occurredAt: '2026-01-16T00:00:00Z' });
    await closePeriod(stack, programId, '2026-01');

    const finance = stack.as('finance');
    const query = `period=2026-01&partnerId=nova`;
    const [statement] = await finance.list<{ statementId: string }>(`/v1/programs/${programId}/statements?${query}`);
    const lines = await finance.list<Record<string, unknown>>(
      `/v1/programs/${programId}/statements/${statement?.statementId}/lines`,
    );
    expect(lines.map((line) => [line.planVersion, line.componentId, line.amountMinor])).toEqual([
      [1, 'share', 1_000],
      [1, 'welcome', 500],
      [1_000_003, 'strategic', 2_000],
      [1_000_003, 'retainer', 10_000],
    ]);
    const explained = await finance.get<{ story: string[] }>(`/v1/programs/${programId}/conversions/after/explanation`);
    expect(explained.story.join('\n')).toContain(`custom terms of agreement ${proposal.agreementId}`);
    const verify = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../infra/verify.ts'), '--program', programId, '--data', stack.dataDir],
      { encoding: 'utf8' },
    );
    expect(verify.status).toBe(0);
  });

  it('ends by notice at the end of a term, or at once, and is honoured for earlier customers', async () => {
    const manager = stack.as('partner_manager');
    const path = `${partners}/nova/agreements/${proposal.agreementId}/termination`;
    const words = { reason: 'Strategy', effect: 'honour_until_window_ends' };
    const endsAt = new Date(Date.now() + 86_400_000).toISOString();
    const early = await refusal(manager.post(path, { ...words, cause: 'notice', endsAt }));
    expect(early).toMatchObject({ status: 422, code: 'agreement_end_not_possible' });
    expect(early.problem.earliestEndsAt).toMatch(/^20\d\d-01-16T00:00:00.000Z$/);
    // The partner gives notice by the same rule, and no other end.
    const nova = stack.as('partner');
    const own = await refusal(nova.post(path, { reason: 'We leave', effect: 'stop', cause: 'notice', endsAt }));
    expect(own.problem.earliestEndsAt).toBe(early.problem.earliestEndsAt);
    const breach = await refusal(nova.post(path, { reason: 'We leave', effect: 'stop', cause: 'breach' }));
    expect(breach.problem.errors).toEqual([expect.objectContaining({ pointer: '/cause' })]);

    // An end in closed January takes effect as February begins.
    const ended = await manager.post(path, { ...words, cause: 'mutual', endsAt: '2026-01-20T00:00:00Z' });
    expect(ended).toMatchObject({ status: 'ended', endsAt: '2026-02-01T00:00:00.000Z' });
    const merchant = stack.as('merchant_key');
    const february = { partnerId: 'nova', occurredAt: '2026-02-10T12:00:00Z' };
    await aSale(merchant, programId, 'old-customer', 10_000, { ...february, customerId: 'c1' });
    await aSale(merchant, programId, 'new-customer', 10_000, { ...february, customerId: 'c2' });
    const earned = async (orderId: string): Promise<unknown> =>
      (
        await stack
          .as('finance')
          .get<Record<string, unknown>>(`/v1/programs/${programId}/conversions/${orderId}/explanation`)
      ).earnedMinor;
    expect([await earned('old-customer'), await earned('new-customer')]).toEqual([2_000, 0]);

    const rival = {
      startsAt: '2026-02-01T00:00:00Z',
      planVersion: 1,
      exclusivity: { kind: 'geography', countries: ['DE'] },
    };
    expect(await manager.post(`${partners}/orion/agreements`, rival)).toMatchObject({ status: 'in_force' });
  });
});
