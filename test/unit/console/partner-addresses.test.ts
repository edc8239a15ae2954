import { describe, expect, it } from 'vitest';
import { showPartnerDispute } from '#console/partner-care/partner-disputes';
import { showPartnerPayout } from '#console/partner-money/partner-payouts';
import type { Page, Visit } from '#functions/console/web/page';

/** Somebody who may read both partners, at an address of the first. */
function anAddressOfAnna(answer: unknown): Visit {
  const visit = {
    params: { programId: 'acme', partnerId: 'anna', payoutId: 'po~1', disputeId: 'd1' },
    programme: { programId: 'acme', partners: [{ partnerId: 'anna' }, { partnerId: 'bert' }] },
    api: { call: async () => answer },
  };
  return visit as unknown as Visit;
}

describe('a page below a partner', () => {
  it.each<[string, Page]>([
    ['payout', showPartnerPayout],
    ['dispute', showPartnerDispute],
  ])('shows no %s of another one, also to who may read both', async (_, page) => {
    await expect(page.show(anAddressOfAnna({ partnerId: 'bert' }))).rejects.toMatchObject({ status: 404 });
  });
});
