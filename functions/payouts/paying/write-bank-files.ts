import * as z from 'zod';
import { advance, payouts } from '#functions/payouts/ledger/ledger-composition';
import { files } from '#functions/payouts/paying/bank-file-composition';
import { bucket } from '#functions/payouts/paying/document-composition';
import { payees } from '#functions/payouts/paying/payees-composition';
import { rulesOf } from '#functions/payouts/rails/rails-set-up-composition';
import { clock, moneyTable, runEventSchema, runs } from '#functions/payouts/task-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { type LambdaContext, timeBoxOf } from '#functions/runtime/time-box';
import { digest } from '#shared/adapters/digest';
import { makePayoutHolds } from '#shared/adapters/dynamodb/money/runs/payout-holds';
import { makeRunReviews } from '#shared/adapters/dynamodb/money/runs/run-reviews';
import { fileRailsOf } from '#shared/adapters/rails/file-rails';
import { paymentsIn } from '#shared/application/payouts/paying/file-claims';
import { makeWriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';
import { FILE_RAILS } from '#shared/domain/ledger/payout';

const environment = readEnvironment(
  z.object({
    /** Whose account pays, unless the programme says another. */
    DEBTOR_NAME: z.string(),
    DEBTOR_IBAN: z.string(),
    /** Empty when the bank needs none. */
    DEBTOR_BIC: z.string(),
    /** Lambda's own. */
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().optional(),
  }),
);
const ofInstallation = {
  name: environment.DEBTOR_NAME,
  iban: environment.DEBTOR_IBAN,
  bic: environment.DEBTOR_BIC || undefined,
};

const writeFiles = makeWriteBankFiles({
  runs,
  payouts,
  payees,
  reviews: makeRunReviews(moneyTable),
  holds: makePayoutHolds(moneyTable),
  files,
  documents: bucket,
  railsOf: async (programId, runId) => {
    const { source, bankFileFormat } = await rulesOf(programId, runId);
    return fileRailsOf({ bankFile: source.bankFile ?? ofInstallation, bankFileFormat, nacha: source.nacha });
  },
  advance,
  digest,
  clock,
  maxPayments: paymentsIn(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE),
});

const eventSchema = runEventSchema.extend({
  cursor: z.object({ currency: z.string(), rail: z.enum(FILE_RAILS).optional() }).optional(),
});

/** Task of the payout run's workflow, once a run, again while it answers a cursor. */
export const handler = (event: unknown, context: LambdaContext): ReturnType<typeof writeFiles> =>
  writeFiles(eventSchema.parse(event), timeBoxOf(context));
