import { createHash } from 'node:crypto';
import { digest } from '#shared/adapters/digest';
import { makeAdjustments } from '#shared/adapters/dynamodb/adjustments';
import { makeAuditChain } from '#shared/adapters/dynamodb/audit-chain';
import { makeAuditedStores } from '#shared/adapters/dynamodb/audited-stores';
import { makeBalances } from '#shared/adapters/dynamodb/balances';
import { entryAsStored, makeJournal } from '#shared/adapters/dynamodb/journal';
import { makePartnerTermsReader } from '#shared/adapters/dynamodb/partner-terms-reader';
import { makePayouts } from '#shared/adapters/dynamodb/payouts';
import { makePlanReader } from '#shared/adapters/dynamodb/plan-reader';
import { makeProgramReader } from '#shared/adapters/dynamodb/program-reader';
import { makeReferralFacts } from '#shared/adapters/dynamodb/referral-facts';
import { makeRunDecisions } from '#shared/adapters/dynamodb/run-decisions';
import { makeRunShards } from '#shared/adapters/dynamodb/run-shards';
import { makeRuns } from '#shared/adapters/dynamodb/runs';
import { makeStatedFacts } from '#shared/adapters/dynamodb/stated-facts';
import { makeStatements } from '#shared/adapters/dynamodb/statements';
import type { RunningHash } from '#shared/application/payouts/statement-draft';
import { makeVerifyProgram, type VerifyProgram } from '#shared/application/payouts/verify-program';
import { type Period, toInstant } from '#shared/domain/instant';
import type { OpenTables } from './verify-tables.ts';

/** Read once: nobody waits for another reading. */
const PROGRAM_TTL_SECONDS = 3_600;

/** The composition root of the proof: the same adapters as the functions', with the rights of who runs it. */
export function composeVerify({ documents, names }: OpenTables): VerifyProgram {
  const money = { documents, tableName: names.MONEY_TABLE };
  const clock = Date.now;
  return makeVerifyProgram({
    programs: makeProgramReader({ ...money, ttlSeconds: PROGRAM_TTL_SECONDS, clock }),
    runs: makeRuns(money),
    shards: makeRunShards(money),
    decisions: makeRunDecisions(money),
    plans: makePlanReader(money),
    adjustments: makeAdjustments(money),
    statements: makeStatements(money),
    reasons: makeStatedFacts(money),
    journal: makeJournal({ ...money, parse: entryAsStored }),
    balances: makeBalances(money),
    payouts: makePayouts(money),
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
