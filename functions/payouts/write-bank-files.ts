import * as z from 'zod';
import { files } from '#functions/payouts/bank-file-composition';
import { bucket } from '#functions/payouts/document-composition';
import { advance, payouts } from '#functions/payouts/ledger-composition';
import { partners } from '#functions/payouts/partners-composition';
import { clock, runEventSchema, runs } from '#functions/payouts/task-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { pain001 } from '#shared/adapters/rails/bank-file';
import { makeWriteBankFiles } from '#shared/application/payouts/paying/write-bank-files';

const debtor = readEnvironment(
  z.object({
    /** Whose account pays. */
    DEBTOR_NAME: z.string(),
    DEBTOR_IBAN: z.string(),
    /** Empty when the bank needs none. */
    DEBTOR_BIC: z.string(),
  }),
);

const writeFiles = makeWriteBankFiles({
  runs,
  payouts,
  payees: partners,
  files,
  documents: bucket,
  format: pain001,
  debtor: { name: debtor.DEBTOR_NAME, iban: debtor.DEBTOR_IBAN, bic: debtor.DEBTOR_BIC || undefined },
  advance,
  digest,
  clock,
});

/** Task of the payout run's workflow, once a run. */
export const handler = (event: unknown): ReturnType<typeof writeFiles> => writeFiles(runEventSchema.parse(event));
