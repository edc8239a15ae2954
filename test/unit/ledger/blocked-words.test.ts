import { describe, expect, it } from 'vitest';
import { whatToDo } from '#shared/domain/ledger/blocked-words';
import { BLOCKED_REASONS } from '#shared/domain/ledger/payout';
import { instant } from '#test/support/builders/partners';

describe('what a partner reads of a payout that waits', () => {
  it.each(BLOCKED_REASONS)('is whole sentences, also when little is known: %s', (reason) => {
    const words = whatToDo(reason);
    expect(words).toMatch(/^[A-Z].+\.$/);
    expect(words).not.toMatch(/undefined|null|PUT|\/v1/);
  });

  it('names from when and which currency, where it is known', () => {
    const usableFrom = instant('2026-03-12T08:00:00Z');
    expect(whatToDo('payee_cooling_down', { usableFrom })).toContain('2026-03-12T08:00:00.000Z');
    expect(whatToDo('currency_unsupported', { currency: 'CHF' })).toContain('CHF');
  });
});
