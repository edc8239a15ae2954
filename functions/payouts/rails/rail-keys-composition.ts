import { railClients, railKeys } from '#functions/payouts/rails/rail-environment';
import { clock, programs, railChanges } from '#functions/payouts/rails/rail-setup-composition';
import { makeProbeRail } from '#shared/adapters/rails/probe-rail';
import { makeRemoveRail, makeSetRail } from '#shared/application/payouts/rails/set-rail';

const deps = { changes: railChanges, keys: railKeys, programs, clock };

/** Saying from which account a programme pays. */
export const setUpRail = makeSetRail({ ...deps, probe: makeProbeRail(railClients) });
export const takeRailAway = makeRemoveRail(deps);
