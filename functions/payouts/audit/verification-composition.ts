import { createHash } from 'node:crypto';
import * as z from 'zod';
import { partnersTable } from '#functions/payouts/partners-composition';
import { clock, moneyTable, programs } from '#functions/payouts/task-composition';
import { documents } from '#functions/runtime/dynamodb';
import { readEnvironment } from '#functions/runtime/environment';
import { readingWhile } from '#functions/runtime/reading-while';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeAuditVerifications } from '#shared/adapters/dynamodb/money/audit/audit-verifications';
import { makeIndexPlaces } from '#shared/adapters/dynamodb/money/audit/index-places';
import { makeBankEntries } from '#shared/adapters/dynamodb/money/bank-reports/bank-reports';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { entryAsStored, makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makePayoutHistory } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makePrograms } from '#shared/adapters/dynamodb/money/programs/programs';
import { makeRailChanges } from '#shared/adapters/dynamodb/money/programs/rail-changes';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunDecisions } from '#shared/adapters/dynamodb/money/runs/run-decisions';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { makeRunShards } from '#shared/adapters/dynamodb/money/runs/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/money/runs/runs';
import { makeWaitingLists } from '#shared/adapters/dynamodb/money/runs/waiting-lists';
import { makeInvoices } from '#shared/adapters/dynamodb/money/statements/invoices';
import { makeStatements } from '#shared/adapters/dynamodb/money/statements/statements';
import { makeApiKeyMakers } from '#shared/adapters/dynamodb/partners/api-key-makers';
import { makeRoleChanges } from '#shared/adapters/dynamodb/partners/members';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partners/partner-terms-reader';
import { makePayeeChangesReader } from '#shared/adapters/dynamodb/partners/payee-changes';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeStatedFacts } from '#shared/adapters/dynamodb/referrals/sales/stated-facts';
import { makeProvePeriod } from '#shared/application/payouts/proof/prove-period';
import { makeVerifyAuditTrail } from '#shared/application/payouts/proof/verify-audit-trail';
import { makeVerifyProgram, type VerifyProgram } from '#shared/application/payouts/proof/verify-program';
import type { RunningHash } from '#shared/application/payouts/statements/statement-draft';
import { type TimeBox, TimeIsOver } from '#shared/application/time-box';

const environment = readEnvironment(z.object({ REFERRALS_TABLE: z.string() }));

/** The composition root of the proof that fits into one answer: the chain, and one month as `npm run verify` computes it again. */
export const verifyTrail = makeVerifyAuditTrail({
  trail: makeAuditChain(moneyTable),
  verifications: makeAuditVerifications(moneyTable),
  programs,
  provePeriod: makeProvePeriod(verifyWithin),
  digest,
  clock,
});

/** As infra/verify-compose.ts for a month; it reads nothing once the time is over. */
function verifyWithin(box: TimeBox): VerifyProgram {
  const inTime = readingWhile(documents, box);
  const money = { ...moneyTable, documents: inTime };
  const partners = { ...partnersTable, documents: inTime };
  const referrals = { documents: inTime, tableName: environment.REFERRALS_TABLE };
  return makeVerifyProgram({
    programs,
    runs: makeRuns(money),
    shards: makeRunShards(money),
    waitingLists: makeWaitingLists(money),
    reviews: makeRunReviews(money),
    holds: makePayoutHolds(money),
    decisions: makeRunDecisions(money),
    controls: makePrograms(money),
    also: { plans: makePlans(money), apiKeyMakers: makeApiKeyMakers(partners) },
    railChanges: makeRailChanges(money),
    tierSchemes: makeTierSchemes(partners),
    roleChanges: makeRoleChanges(partners),
    payeeChanges: makePayeeChangesReader(partners),
    reattributors: makeReattributorsReader(referrals),
    plans: makePlanReader(money),
    adjustments: makeAdjustments(money),
    statements: makeStatements(money),
    reasons: makeStatedFacts(money),
    journal: makeJournal({ ...money, parse: entryAsStored }),
    balances: makeBalances(money),
    payouts: makePayouts(money),
    history: makePayoutHistory(money),
    resolutions: makePayoutResolutions(money),
    bankEntries: makeBankEntries(money),
    invoices: makeInvoices(money),
    places: makeIndexPlaces(money),
    partners: makePartnerTermsReader(partners),
    facts: makeReferralFacts(referrals),
    digest,
    newHash,
    clock,
    isOutage: (error) => error instanceof TimeIsOver || isOutage(error),
  });
}

function newHash(): RunningHash {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
}

/** The SDK marks its errors with `$metadata`; a command that took too long is aborted. */
function isOutage(error: unknown): boolean {
  return (
    error instanceof Error && ('$metadata' in error || error.name === 'AbortError' || error.name === 'TimeoutError')
  );
}
