import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { paymentsIn } from '#shared/application/payouts/paying/file-claims';
import type { Figure } from './run.ts';

const PAYMENTS = 300_000;
/** COMPUTE in infra/profiles.ts. */
const MAX_MB = 1_769;
const MAX_SECONDS = 840;
/** Modelled, as in close-model.ts: of a payment, its payee and KMS are asked before the file is stored. */
const CALLS_A_PAYMENT = 2;
const CALL_CPU_MS = 1.1;
const CPU_SHARE = 0.5;

type Written = { readonly seconds: number; readonly peakMb: number; readonly bytes: number };

/** One bank file as large as the function makes: measured but for the stores, which answer at once; the SDK is modelled. */
export async function run(): Promise<Figure[]> {
  const file = join(import.meta.dirname, 'bank-file-process.ts');
  const args = ['--max-old-space-size=1400', file, String(PAYMENTS)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { seconds, peakMb, bytes } = JSON.parse(stdout) as Written;
  const onLambda = seconds / CPU_SHARE + (PAYMENTS * CALLS_A_PAYMENT * CALL_CPU_MS) / 1_000;
  console.log(
    `  modelled: ${seconds.toFixed(0)} s here / ${CPU_SHARE} + ${PAYMENTS} payments x ${CALLS_A_PAYMENT} calls x ${CALL_CPU_MS} ms = ${onLambda.toFixed(0)} s`,
  );
  return [
    {
      name: 'payments of one file that the memory has room for',
      value: paymentsIn(MAX_MB),
      unit: 'payments',
      ok: true,
    },
    { name: 'measured: file of 300,000 payments', value: bytes / 1_000_000, unit: 'MB', ok: true },
    { name: 'measured: peak resident set', value: peakMb, unit: 'MB', budget: `below ${MAX_MB}`, ok: peakMb < MAX_MB },
    {
      name: 'modelled on Lambda: payees read and the file stored',
      value: onLambda,
      unit: 's',
      budget: `at most ${MAX_SECONDS}`,
      ok: onLambda <= MAX_SECONDS,
    },
  ];
}
