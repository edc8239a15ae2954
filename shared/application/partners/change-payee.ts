import { Failure } from '#shared/application/failure';
import type { PayeeStore, RecordedPayee, SetPayee } from '#shared/application/partners/payee-ports';
import { type PayeeEditor, requireMayChange } from '#shared/application/partners/payee-rights';
import type { PartnerStore } from '#shared/application/partners/ports';
import type { PayeeSealer } from '#shared/application/payee-vault';
import { type Payee, type PayeeSummary, samePayee, summarisePayee } from '#shared/application/payees';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { type Instant, toInstant } from '#shared/domain/time/instant';

const HOUR_MS = 3_600_000;
/** Somebody else may change the same payee meanwhile; more tries than this mean a fault. */
const MAX_ATTEMPTS = 3;

export type ChangePayee = {
  readonly programId: string;
  readonly partnerId: string;
  readonly payee: Payee;
  readonly changeId: string;
  readonly editor: PayeeEditor;
};

/** What may be shown of a payee, from when it counts, and from when it may be used. */
export type PayeeView = PayeeSummary & {
  readonly payeeId: string;
  readonly changedAt: Instant;
  readonly usableFrom?: Instant | undefined;
};

type Dependencies = {
  readonly partners: Pick<PartnerStore, 'profile'> & Pick<PayeeStore, 'payee' | 'changePayee'>;
  readonly programs: Pick<ProgramReader, 'get'>;
  readonly sealer: PayeeSealer;
  readonly clock: Clock;
};

/**
 * Says where a partner is paid from now on.
 * 1. Who changes it signed in a short time ago; a partner chooses among the programme's rails; a key changes no payee.
 * 2. The same details change nothing.
 * 3. Sealed, and not to be used before the cool-down of the programme is over. Who did so, without the details, and what the
 * partner is to be told at the address it had, are written with it.
 * @throws Failure not_found, login_not_fresh, person_required, invalid_request (a rail that partners may not choose),
 * temporarily_unavailable
 */
export function makeChangePayee(deps: Dependencies): (input: ChangePayee) => Promise<PayeeView> {
  return async (input) => {
    const { programId, partnerId, payee } = input;
    const program = await deps.programs.get(programId);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const [profile, current] = await Promise.all([
        deps.partners.profile(programId, partnerId),
        deps.partners.payee(programId, partnerId),
      ]);
      if (!profile) throw new Failure('not_found', 'There is no such partner.');
      const now = deps.clock();
      requireMayChange(input.editor, { payee, isSet: current !== undefined, rules: program.payouts, now });
      if (current && (await isSame(deps.sealer, input, current))) return viewPayee(current);
      const details = await deps.sealer.seal({ programId, partnerId }, payee);
      // Dated after the sealing, which may take long: a change is never older than what was read before it.
      const set = { ...changeOf(input, deps.clock(), program.payouts.payeeCooldownHours), details };
      const { payeeId, shown, changedAt, usableFrom } = set;
      const { name, email } = profile;
      const notice = { programId, partnerId, payeeId, name, email, shown, changedAt, usableFrom };
      if ((await deps.partners.changePayee(set, notice, current?.payeeId)) === 'changed') return viewPayee(set);
    }
    throw new Failure(
      'temporarily_unavailable',
      'Another request is changing this payee. Read the partner again, then repeat yours.',
    );
  };
}

export function viewPayee({ payeeId, shown, changedAt, usableFrom }: Omit<RecordedPayee, 'details'>): PayeeView {
  return { ...shown, payeeId, changedAt, ...(usableFrom === undefined ? {} : { usableFrom }) };
}

function changeOf(
  { payee, changeId, editor }: ChangePayee,
  now: number,
  cooldownHours: number,
): Omit<SetPayee, 'details'> {
  return {
    payeeId: changeId,
    shown: summarisePayee(payee),
    changedAt: toInstant(now),
    ...(cooldownHours === 0 ? {} : { usableFrom: toInstant(now + cooldownHours * HOUR_MS) }),
    changedBy: editor.by,
    ...(editor.onBehalfOf === undefined ? {} : { onBehalfOf: editor.onBehalfOf }),
  };
}

async function isSame(
  sealer: PayeeSealer,
  { programId, partnerId, payee }: ChangePayee,
  { details }: RecordedPayee,
): Promise<boolean> {
  if ('plain' in details) return samePayee(details.plain, payee);
  return details.fingerprint === (await sealer.fingerprint({ programId, partnerId }, payee));
}
