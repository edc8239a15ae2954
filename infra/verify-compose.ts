import { createHash } from 'node:crypto';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/money/adjustments/adjustments';
import { makeAuditChain } from '#shared/adapters/dynamodb/money/audit/audit-chain';
import { makeAuditedStores } from '#shared/adapters/dynamodb/money/audit/audited-stores';
import { makeIndexPlaces } from '#shared/adapters/dynamodb/money/audit/index-places';
import { makeBankEntries } from '#shared/adapters/dynamodb/money/bank-reports/bank-reports';
import { makeBalances } from '#shared/adapters/dynamodb/money/ledger/balances';
import { entryAsStored, makeJournal } from '#shared/adapters/dynamodb/money/ledger/journal';
import { makePayoutHistory } from '#shared/adapters/dynamodb/money/ledger/payout-history';
import { makePayoutResolutions } from '#shared/adapters/dynamodb/money/ledger/payout-resolutions';
import { makePayouts } from '#shared/adapters/dynamodb/money/ledger/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/money/plans/plan-reader';
import { makePlans } from '#shared/adapters/dynamodb/money/plans/plans';
import { makeProgramReader } from '#shared/adapters/dynamodb/money/programs/program-reader';
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
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makePayeeChangesReader } from '#shared/adapters/dynamodb/partners/payee-changes';
import { makeTierSchemes } from '#shared/adapters/dynamodb/partners/tier-schemes';
import { makeTierReviews } from '#shared/adapters/dynamodb/partners/tiers/tier-reviews';
import { makeTierSteps } from '#shared/adapters/dynamodb/partners/tiers/tier-steps';
import { makeGivenAwaySales } from '#shared/adapters/dynamodb/referrals/sales/given-away-sales';
import { makeReattributorsReader } from '#shared/adapters/dynamodb/referrals/sales/reattributors';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referrals/sales/referral-facts';
import { makeStatedFacts } from '#shared/adapters/dynamodb/referrals/sales/stated-facts';
import { makeTierFacts } from '#shared/adapters/dynamodb/referrals/sales/tier-facts';
import { makeReplayReviews } from '#shared/application/partners/tiers/replay-reviews';
import { makeVerifyProgram, type VerifyProgram } from '#shared/application/payouts/proof/verify-program';
import type { RunningHash } from '#shared/application/payouts/statements/statement-draft';
import { type Period, toInstant } from '#shared/domain/time/instant';
import type { OpenTables } from './verify-tables.ts';

/** Read once: nobody waits for another reading. */
const PROGRAM_TTL_SECONDS = 3_600;

/** The composition root of the proof: the same adapters as the functions', with the rights of who runs it. */
export function composeVerify({ documents, names }: OpenTables): VerifyProgram {
  const money = { documents, tableName: names.MONEY_TABLE };
  const clock = Date.now;
  const programs = makeProgramReader({ ...money, ttlSeconds: PROGRAM_TTL_SECONDS, clock });
  const partners = { documents, tableName: names.PARTNERS_TABLE };
  return makeVerifyProgram({
    programs,
    runs: makeRuns(money),
    shards: makeRunShards(money),
    waitingLists: makeWaitingLists(money),
    reviews: makeRunReviews(money),
    holds: makePayoutHolds(money),
    decisions: makeRunDecisions(money),
    controls: makePrograms(money),
    also: {
      plans: makePlans(money),
      apiKeyMakers: makeApiKeyMakers({ documents, tableName: names.PARTNERS_TABLE }),
    },
    railChanges: makeRailChanges(money),
    tierSchemes: makeTierSchemes({ documents, tableName: names.PARTNERS_TABLE }),
    roleChanges: makeRoleChanges(partners),
    payeeChanges: makePayeeChangesReader({ documents, tableName: names.PARTNERS_TABLE }),
    reattributors: makeReattributorsReader({ documents, tableName: names.REFERRALS_TABLE }),
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
    replayReviews: makeReplayReviews({
      programs,
      partners: makePartnerStore(partners),
      steps: makeTierSteps(partners),
      reviews: makeTierReviews(partners),
      plans: makePlanReader(money),
      schemes: makeTierSchemes(partners),
      clock,
      facts: makeTierFacts({ documents, tableName: names.REFERRALS_TABLE }),
      givenAway: makeGivenAwaySales({ documents, tableName: names.REFERRALS_TABLE }),
    }),
    partners: makePartnerTermsReader({ documents, tableName: names.PARTNERS_TABLE }),
    facts: makeReferralFacts({ documents, tableName: names.REFERRALS_TABLE }),
    audit: {
      trail: makeAuditChain(money),
      audited: makeAuditedStores({
        documents,
        moneyTable: names.MONEY_TABLE,
        partnersTable: names.PARTNERS_TABLE,
        digest,
        thisMonth: () => toInstant(clock()).slice(0, 7) as Period,
      }),
    },
    digest,
    newHash,
    clock,
    isOutage,
  });
}

function newHash(): RunningHash {
  const hash = createHash('sha256');
  return { update: (text) => void hash.update(text), hex: () => hash.digest('hex') };
}

/** The SDK marks its errors with `$metadata`. */
function isOutage(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$metadata' in error;
}
