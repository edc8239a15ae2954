import * as z from 'zod';
import { bucket, files } from '#functions/payouts/bank-file-composition';
import { advance, payouts } from '#functions/payouts/ledger-composition';
import { clock, partners, runEventSchema, runs } from '#functions/payouts/task-composition';
import { readEnvironment } from '#functions/runtime/environment';
import { digest } from '#shared/adapters/digest';
import { pain001 } from '#shared/adapters/rails/bank-file';
import { makeWriteBankFiles } from '#shared/application/payouts/write-bank-files';

const debtor = readEnvironment(
  z.object({
    /** Whose account pays. The default names itself in every file, so that nobody takes it for a real one. */
    DEBTOR_NAME: z.string().default('DEMO PAYER (not configured)'),
    DEBTOR_IBAN: z.string().default('GB33BUKB20201555555555'),
    DEBTOR_BIC: z.string().optional(),
  }),
);

const writeFiles = makeWriteBankFiles({
  runs,
  payouts,
  payees: partners,
  files,
  documents: bucket,
  format: pain001,
  debtor: { name: debtor.DEBTOR_NAME, iban: debtor.DEBTOR_IBAN, bic: debtor.DEBTOR_BIC },
  advance,
  digest,
  clock,
});

/** Task of the payout run's workflow, once a run. */
export const handler = (event: unknown): ReturnType<typeof writeFiles> => writeFiles(runEventSchema.parse(event));
