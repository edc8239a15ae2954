import { Failure } from '#shared/application/failure';
import type { PartnerTermsReader, PayeeOnRecord } from '#shared/application/partner-terms';
import type { Balance, Balances, Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { PayoutRuns } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { whatToDo } from '#shared/domain/ledger/blocked-words';
import { payableChange } from '#shared/domain/ledger/journal';
import { payeeProblem } from '#shared/domain/ledger/payee-problem';
import type { BlockedReason } from '#shared/domain/ledger/payout';
import { type Currency, isSafeMinor } from '#shared/domain/money/money';
import { compareText, type Instant, toInstant } from '#shared/domain/time/instant';
import { foldReserved } from '../paying/fold-reserved.ts';
import { instantAsked } from './as-of.ts';
import type { Payouts } from './ledger-ports.ts';

/** Why nothing of it is paid now, as far as the partner's payee is the reason. */
type Blocked = { readonly blockedReason?: BlockedReason | undefined; readonly whatToDo?: string | undefined };

export type GetBalance = (input: {
  readonly programId: string;
  readonly partnerId: string;
  /** Inclusive. */
  readonly asOf?: Instant | undefined;
}) => Promise<{
  readonly partnerId: string;
  readonly balances: readonly (Balance & Blocked & { readonly asOf: Instant })[];
}>;

/**
 * What we owe a partner by currency: now from its balance, at an earlier instant from the fold of its journal entries.
 * Both agree, because a balance moves only together with its entry.
 * @throws Failure not_found for an unknown partner; invalid_request for an instant to come; amount_out_of_range for a balance that no JSON number states exactly
 */
export function makeGetBalance(deps: {
  balances: Balances;
  journal: Pick<Journal, 'ofPartner'>;
  payouts: Pick<Payouts, 'ofRun'>;
  runs: Pick<PayoutRuns, 'list'>;
  /** Absent where nobody asks why nothing is paid. */
  payees?: Pick<PartnerTermsReader, 'payeeOnRecord'> | undefined;
  partnerExists(programId: string, partnerId: string): Promise<boolean>;
  clock: Clock;
}): GetBalance {
  return async ({ programId, partnerId, asOf }) => {
    if (!(await deps.partnerExists(programId, partnerId))) {
      throw new Failure('not_found', `There is no partner ${partnerId} in this programme.`);
    }
    const now = toInstant(deps.clock());
    const at = instantAsked(asOf, now);
    const found =
      at === now ? await deps.balances.of(programId, partnerId) : await balancesAt(deps, programId, partnerId, at);
    for (const balance of found) assertExact(partnerId, balance);
    const { payees } = deps;
    const payee = at === now ? await payees?.payeeOnRecord(programId, partnerId) : undefined;
    return {
      partnerId,
      balances: found.map((balance) => ({
        ...balance,
        asOf: at,
        ...(at === now && payees ? blockedNow(payee, now, balance.currency) : {}),
      })),
    };
  };
}

function blockedNow(payee: PayeeOnRecord | undefined, now: Instant, currency: Currency): Blocked {
  const blockedReason = payeeProblem(payee, now, currency);
  return blockedReason ? { blockedReason, whatToDo: whatToDo(blockedReason, { ...payee, currency }) } : {};
}

/** A run is ended before it posts such a balance, but a payout that comes back is never refused. */
function assertExact(partnerId: string, { currency, payableMinor, reservedMinor }: Balance): void {
  if (isSafeMinor(payableMinor) && isSafeMinor(reservedMinor)) return;
  throw new Failure(
    'amount_out_of_range',
    `The balance of ${partnerId} in ${currency} is beyond 9007199254740991 minor units: export the ledger, which states it.`,
  );
}

async function balancesAt(
  deps: { journal: Pick<Journal, 'ofPartner'>; payouts: Pick<Payouts, 'ofRun'>; runs: Pick<PayoutRuns, 'list'> },
  programId: string,
  partnerId: string,
  asOf: Instant,
): Promise<readonly Balance[]> {
  const payable = new Map<Currency, bigint>();
  for await (const entry of deps.journal.ofPartner(programId, partnerId)) {
    if (entry.postedAt > asOf) continue;
    payable.set(entry.currency, (payable.get(entry.currency) ?? 0n) + payableChange(entry));
  }
  const reserved = await foldReserved(deps, programId, partnerId, asOf);
  return [...new Set([...payable.keys(), ...reserved.keys()])].sort(compareText).map((currency) => ({
    currency,
    payableMinor: payable.get(currency) ?? 0n,
    reservedMinor: reserved.get(currency) ?? 0n,
  }));
}
