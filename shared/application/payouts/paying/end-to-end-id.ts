import type { Digest } from '#shared/application/ports';
import type { FileRail } from '#shared/domain/ledger/payout';

/** 34 characters: ISO 20022 allows 35, a payout id is longer. */
const ISO_DIGITS = 32;
/** 15 characters, all that an entry of the Automated Clearing House has: 65 bits, so that of a million payouts no two meet. */
const ACH_CHARACTERS = 13;
const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX_DIGITS_READ = 32;

/** What an end-to-end id of ours looks like; another never names a payout. */
export const OWN_END_TO_END_ID = /^TS(?:[0-9A-F]{32}|[A-Z2-7]{13})$/;

/** By which a bank names a payout in what it answers: unique a payout, the same at each repetition. */
export function endToEndIdOf(
  digest: Digest,
  programId: string,
  payoutId: string,
  rail: FileRail = 'bank_file',
): string {
  const hash = digest(`${programId}#${payoutId}`);
  return `TS${rail === 'bank_file' ? hash.slice(0, ISO_DIGITS).toUpperCase() : base32(hash)}`;
}

/** The first hexadecimal digits in an alphabet of 32 characters, the lowest five bits first. */
function base32(hash: string): string {
  let rest = BigInt(`0x${hash.slice(0, HEX_DIGITS_READ)}`);
  let text = '';
  for (let place = 0; place < ACH_CHARACTERS; place += 1) {
    text += BASE_32.charAt(Number(rest % 32n));
    rest /= 32n;
  }
  return text;
}
