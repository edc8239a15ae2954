import { Failure } from '#shared/application/failure';
import { requireFreshLogin } from '#shared/application/partners/payee-rights';
import type { ProgramStore } from '#shared/application/payouts/ports';
import type { Clock } from '#shared/application/ports';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';
import { makeGetProgram } from '../programs/get-program.ts';
import {
  ACCOUNT_RAILS,
  type AccountRail,
  lastChangeOf,
  type ProbeRail,
  type RailAccount,
  type RailChange,
  type RailChanges,
  type RailKeyStore,
  type RailKeys,
} from './rail-setup.ts';

/** A lost race is looked at again: the last change holds. */
const MAX_LOOKS = 4;

type Actor = { readonly by: string; readonly onBehalfOf?: string | undefined };

export type SetRailDeps = {
  readonly changes: RailChanges;
  readonly keys: RailKeyStore;
  readonly programs: Pick<ProgramStore, 'get'>;
  readonly probe: ProbeRail;
  readonly clock: Clock;
};

export type SetRail = (
  input: Actor & {
    readonly programId: string;
    readonly keys: RailKeys;
    /** When the person proved who they are. */
    readonly signedInAt?: EpochMs | undefined;
  },
) => Promise<RailChange>;

/**
 * Says from which account a programme pays by a rail. The rail is asked first whose keys these are; then the change is kept, and
 * only then the keys with its version: a crash between them leaves the rail not set up, never set up without a record of who did it.
 * Keys of the same account in the same mode may replace one another at any time: what is under way goes on with them.
 * @throws Failure unknown_program, login_not_fresh, invalid_request (keys that the rail refuses), temporarily_unavailable
 */
export function makeSetRail(deps: SetRailDeps): SetRail {
  return async ({ programId, keys, signedInAt, ...actor }) => {
    const { payouts } = await makeGetProgram(deps)(programId);
    requireFreshLogin({ signedInAt }, payouts.freshLoginMinutes, deps.clock());
    const account = await deps.probe(keys);
    if (account === 'unavailable') {
      throw new Failure('temporarily_unavailable', `${keys.rail} gives no answer just now. Repeat in a minute.`);
    }
    if (account === 'refused') throw refusedKeys(keys);
    const change = await append(deps, programId, keys.rail, { enabled: true, ...account }, actor);
    await deps.keys.write(programId, keys.rail, { version: change.version, keys });
    return change;
  };
}

/**
 * Pays by a rail no more: its payouts wait. The change first, which ends it at once, then its keys are replaced by none.
 * @throws Failure unknown_program, not_found, temporarily_unavailable
 */
export function makeRemoveRail(
  deps: Omit<SetRailDeps, 'probe'>,
): (input: Actor & { readonly programId: string; readonly rail: AccountRail }) => Promise<RailChange> {
  return async ({ programId, rail, ...actor }) => {
    await makeGetProgram(deps)(programId);
    const last = await lastOf(deps.changes, programId, rail);
    if (!last) throw new Failure('not_found', `This programme has no ${rail} account set up.`);
    const { mode, account } = last;
    const change = last.enabled ? await append(deps, programId, rail, { enabled: false, mode, account }, actor) : last;
    await deps.keys.write(programId, rail, undefined);
    return change;
  };
}

/** @throws Failure unknown_program */
export function makeListRails(deps: {
  readonly changes: Pick<RailChanges, 'all'>;
  readonly programs: Pick<ProgramStore, 'get'>;
}): (input: { readonly programId: string }) => Promise<readonly RailChange[]> {
  return async ({ programId }) => {
    await makeGetProgram(deps)(programId);
    const changes = await deps.changes.all(programId);
    return ACCOUNT_RAILS.flatMap((rail) => lastChangeOf(changes, rail) ?? []);
  };
}

async function append(
  deps: Pick<SetRailDeps, 'changes' | 'clock'>,
  programId: string,
  rail: AccountRail,
  made: RailAccount & { readonly enabled: boolean },
  actor: Actor,
): Promise<RailChange> {
  for (let look = 1; look <= MAX_LOOKS; look += 1) {
    const version = ((await lastOf(deps.changes, programId, rail))?.version ?? 0) + 1;
    const change: RailChange = { programId, rail, version, ...made, ...actor, at: toInstant(deps.clock()) };
    if (await deps.changes.append(change)) return change;
  }
  throw new Failure('temporarily_unavailable', 'Others are changing this rail; look at it and try again.');
}

async function lastOf(
  changes: Pick<RailChanges, 'all'>,
  programId: string,
  rail: AccountRail,
): Promise<RailChange | undefined> {
  return lastChangeOf(await changes.all(programId), rail);
}

function refusedKeys({ rail }: RailKeys): Failure {
  const [pointer, rule] =
    rail === 'stripe'
      ? ['/secretKey', 'must be a key that Stripe knows and that may read the account and write transfers']
      : ['/clientSecret', 'must be the secret of this client id, in this mode'];
  return new Failure('invalid_request', `${rail} refuses these keys. Copy them from its dashboard again.`, {
    errors: [{ pointer, rule }],
  });
}
