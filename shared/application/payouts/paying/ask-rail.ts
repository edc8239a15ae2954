import { Failure } from '#shared/application/failure';
import type { Payouts } from '#shared/application/payouts/ledger/ledger-ports';
import type { RailFinding, Rails } from '#shared/application/payouts/paying/rail';
import { isFileRail, type Payout } from '#shared/domain/ledger/payout';
import { BY_RAIL, type ChangeOrigin } from '#shared/domain/ledger/payout-history';
import type { AdvancePayout } from './advance-payout.ts';
import type { SettlePayout } from './settle-payout.ts';

/** `payout`: as it is stored after what the rail said was booked. */
export type AskedRail = { readonly answer: RailFinding; readonly payout: Payout };

export type AskRail = (input: { readonly programId: string; readonly payoutId: string }) => Promise<AskedRail>;

/**
 * Asks a payout's rail what became of its key, and books the answer. It moves no money at the rail, and books nothing but what
 * the rail says: `unknown` changes nothing, and neither does `never_seen`, because a request may still arrive. What was never
 * seen is offered again with the same key by the next approved run.
 * @throws Failure not_found; payout_not_resolvable (with `payoutStatus`) when no rail can be asked for it
 */
export function makeAskRail(deps: {
  readonly payouts: Pick<Payouts, 'get'>;
  readonly rails: Rails;
  readonly advance: AdvancePayout;
  readonly settle: SettlePayout;
}): AskRail {
  return async ({ programId, payoutId }) => {
    const payout = await deps.payouts.get(programId, payoutId);
    if (!payout) throw new Failure('not_found', `There is no payout ${payoutId}; GET .../payouts lists them.`);
    const answer = await railOf(deps.rails, payout).find(payout);
    await book(payout, answer);
    return { answer, payout: (await deps.payouts.get(programId, payoutId)) ?? payout };
  };

  async function book(payout: Payout, answer: RailFinding): Promise<void> {
    if (answer.state === 'never_seen' || answer.state === 'unknown') return;
    const { programId, payoutId } = payout;
    const { reference } = answer;
    const origin: ChangeOrigin = { by: BY_RAIL, evidence: { source: 'rail', reference } };
    if (answer.state === 'accepted') {
      await deps.advance(payout, { type: 'accepted', reference }, origin);
      return;
    }
    const reason = answer.state === 'failed' || answer.state === 'returned' ? answer.reason : undefined;
    await deps.settle({ programId, payoutId, outcome: answer.state, reason, reference, origin });
  }
}

function railOf(rails: Rails, { rail, status, payoutId }: Payout): NonNullable<Rails[keyof Rails]> {
  const refuse = (detail: string): Failure =>
    new Failure('payout_not_resolvable', detail, { extra: { payoutStatus: status } });
  if (status === 'created' || rail === undefined) {
    throw refuse(
      'The payout was not handed to a rail: no rail can know it. GET the payout, it says what it waits for.',
    );
  }
  if (isFileRail(rail)) {
    throw refuse(`A ${rail} is not asked: send the report of the bank, or propose a resolution with evidence.`);
  }
  const found = rails[rail];
  if (!found) throw refuse(`The rail ${rail} of payout ${payoutId} is not set up: set it up, then ask again.`);
  return found;
}
