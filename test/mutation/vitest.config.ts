import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The tests that mutants of the money core are held against: fast, pure, and nothing of the adapters. */
export default defineConfig({
  test: {
    isolate: false,
    env: { PROPERTY_RUNS: '100' },
    root: join(import.meta.dirname, '../..'),
    include: [
      'test/unit/domain/**/*.test.ts',
      'test/unit/ledger/journal.test.ts',
      'test/unit/ledger/payout.test.ts',
      'test/unit/payouts/run-summary.test.ts',
      'test/unit/referrals/first-purchase.test.ts',
      'test/unit/referrals/reattribute-conversion.test.ts',
      'test/unit/referrals/influence.test.ts',
      'test/unit/referrals/attribution-properties.test.ts',
      'test/unit/tracking/discount.test.ts',
    ],
    // Slow, and what it would notice the worked cases and properties notice first.
    exclude: ['test/unit/domain/reference-engine.test.ts'],
  },
});
