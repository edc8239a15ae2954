import type { Currency } from '../money/money.ts';
import type { RunAnomaly } from './payout-run.ts';

/** What an installation's payer is called as long as nobody has said who pays (cdk.json). */
const NOT_SET = /\(not configured\)$/;

/** Bank files would name a made-up payer: no bank takes them, and their payouts would stand as submitted. */
export function payerAnomalies(
  payer: { readonly ofProgram: unknown; readonly ofInstallation: string },
  paidMinor: readonly bigint[],
  currency: Currency,
): readonly RunAnomaly[] {
  const isSet = payer.ofProgram !== undefined || !NOT_SET.test(payer.ofInstallation);
  return isSet || paidMinor.every((minor) => minor === 0n) ? [] : [{ kind: 'payer_not_set', currency }];
}
