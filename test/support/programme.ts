import type { ApiClient } from '#infra/api-client';
import { approveRun, openRun, type Run, waitForRun } from '#infra/local/demo/runs';
import type { SharedStack } from '#test/support/local-stack';

export const A_PLAN = {
  version: 1,
  components: [
    { kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000, certified: 1500 } },
    { kind: 'referral_fee', id: 'welcome', amountMinor: 500 },
  ],
};

export const IBAN_OF_TESTS = 'GB29NWBK60161331926819';

/** A new programme whose books open in January 2026, with one plan. */
export async function aProgramme(
  api: ApiClient,
  overrides: Record<string, unknown> = {},
  plan: unknown = A_PLAN,
): Promise<string> {
  const { programId } = await api.post<{ programId: string }>('/v1/programs', {
    name: 'Test programme',
    currency: 'GBP',
    timeZone: 'Europe/London',
    holdDays: 0,
    minimumPayoutMinor: 0,
    booksOpenFrom: '2026-01',
    ...overrides,
  });
  await api.post(`/v1/programs/${programId}/plans`, plan);
  return programId;
}

export async function aPartner(
  api: ApiClient,
  programId: string,
  partnerId: string,
  overrides: Record<string, unknown> = {},
): Promise<void> {
  await api.post(`/v1/programs/${programId}/partners`, {
    partnerId,
    name: `Partner ${partnerId}`,
    email: `${partnerId}.${programId}@partners.example`,
    startsAt: '2026-01-01T00:00:00Z',
    planVersion: 1,
    tier: 'referral',
    payee: { rail: 'bank_file', name: `Partner ${partnerId}`, iban: IBAN_OF_TESTS },
    ...overrides,
  });
}

export async function aSale(
  api: ApiClient,
  programId: string,
  orderId: string,
  minor: number,
  overrides: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  return api.post(`/v1/programs/${programId}/conversions`, {
    orderId,
    customerId: `customer-of-${orderId}`,
    occurredAt: '2026-01-15T12:00:00Z',
    amount: { minor, currency: 'GBP' },
    ...overrides,
  });
}

/** Opens a period's run as finance and waits until it asks for a decision. */
export async function reviewedRun(stack: SharedStack, programId: string, period: string): Promise<Run> {
  const finance = stack.as('finance');
  const runId = await openRun(finance, programId, period);
  return waitForRun(finance, programId, runId, ['awaiting_decision']);
}

/** Closes a period to its end with both approvers. */
export async function closePeriod(stack: SharedStack, programId: string, period: string): Promise<Run> {
  const run = await reviewedRun(stack, programId, period);
  await approveRun(stack.as('approver'), programId, run);
  await approveRun(stack.as('approver2'), programId, run);
  return waitForRun(stack.as('finance'), programId, run.runId, ['completed', 'completed_with_failures']);
}
