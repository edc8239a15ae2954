import { Failure } from '#shared/application/failure';
import { type TimeBox, TimeIsOver } from '#shared/application/time-box';
import type { ProvePeriod } from './verify-audit-trail.ts';
import type { VerifyProgram } from './verify-program.ts';

/** Differences that are kept: who needs more runs the proof from the command line. */
const MAX_KEPT = 50;

/**
 * Computes a closed month again from its facts, in the time there is. `verifyWithin` reads nothing once that is over: it throws
 * `TimeIsOver`.
 * @throws Failure not_found for a month without an approved run
 */
export function makeProvePeriod(verifyWithin: (box: TimeBox) => VerifyProgram): ProvePeriod {
  return async (programId, period, box) => {
    try {
      const { statements, entries, balances, differences, unnamed } = await verifyWithin(box)({ programId, period });
      const count = differences.length + unnamed;
      return {
        period,
        status: count === 0 ? 'equal' : 'different',
        statements,
        entries,
        balances,
        differences: differences.slice(0, MAX_KEPT),
        unnamed: count - Math.min(differences.length, MAX_KEPT),
      };
    } catch (error) {
      if (error instanceof TimeIsOver) {
        return { period, status: 'unfinished', statements: 0, entries: 0, balances: 0, differences: [], unnamed: 0 };
      }
      if (!(error instanceof Failure) || error.code !== 'not_found') throw error;
      throw new Failure('not_found', error.message, {
        errors: [{ pointer: '/period', rule: 'must be a closed month with an approved run' }],
      });
    }
  };
}
