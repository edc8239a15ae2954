import { clock, codes, retry, table } from '#functions/tracking/composition';
import { makeRedemptionCounts } from '#shared/adapters/dynamodb/referrals/codes/redemption-counts';
import { makeSeatStore } from '#shared/adapters/dynamodb/referrals/codes/seats';
import type { ProgramReader } from '#shared/application/programs';
import { type ChangeCodeInput, makeChangeCode } from '#shared/application/tracking/codes/change-code';
import { type CodeWithUse, makeGetCode, makeListCodes, usesOf } from '#shared/application/tracking/codes/get-code';
import type { StoredCode } from '#shared/application/tracking/ports';

const use = { seats: makeSeatStore(table), counts: makeRedemptionCounts({ ...table, ...retry }) };

/** Codes that exist, with how they were redeemed. */
export const listCodesWithUse = makeListCodes({ codes, ...use });
export const readCode = makeGetCode({ codes, ...use });

/** Changing needs programmes, which have their own file and environment. */
export function changesCodes(programs: ProgramReader): (input: ChangeCodeInput) => Promise<CodeWithUse> {
  const change = makeChangeCode({ codes, seats: use.seats, programs, clock, ...retry });
  return async (input) => {
    const code: StoredCode = await change(input);
    const [changed] = await usesOf(use, code.programId, [code]);
    return changed as CodeWithUse;
  };
}
