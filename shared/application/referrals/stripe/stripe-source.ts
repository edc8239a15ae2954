import { Failure } from '#shared/application/failure';
import type { Clock } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import type {
  StripeMode,
  StripeSecretStore,
  StripeSource,
  StripeSourceStore,
} from '#shared/application/referrals/stripe/ports';
import { toInstant } from '#shared/domain/time/instant';

const MS_PER_HOUR = 3_600_000;

export type SetStripeSourceInput = {
  readonly programId: string;
  readonly signingSecret: string;
  readonly mode: StripeMode;
  /** How long the secret before it goes on being accepted. */
  readonly previousValidHours: number;
  /** Absent: as before. */
  readonly promotionCodes?: Readonly<Record<string, string>> | undefined;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
};

/**
 * Says which secret Stripe signs a programme's events with. The one before it, of the same mode, stays valid for a while:
 * Stripe signs with both during a roll. A programme takes events of one mode. The secret first, then what is said of it: a
 * crash between them is mended by sending the same again.
 * @throws Failure unknown_program, temporarily_unavailable
 */
export function makeSetStripeSource(deps: {
  readonly sources: StripeSourceStore;
  readonly secrets: StripeSecretStore;
  readonly programs: ProgramReader;
  readonly clock: Clock;
}): (input: SetStripeSourceInput) => Promise<StripeSource> {
  return async (input) => {
    const { programId, signingSecret: secret, mode, by, onBehalfOf } = input;
    await deps.programs.get(programId);
    const now = deps.clock();
    const known = await deps.secrets.read(programId);
    const validUntil = toInstant(now + input.previousValidHours * MS_PER_HOUR);
    const isRoll = input.previousValidHours > 0;
    const before = known.filter((one) => isRoll && one.mode === mode && one.secret !== secret);
    const current = before.find((one) => one.validUntil === undefined);
    const repeated = known.find((one) => one.secret === secret);
    const older = before.find((one) => one.validUntil !== undefined && one.validUntil > toInstant(now));
    // The same secret sent again ends nothing and prolongs nothing.
    const previous = current ? { ...current, validUntil } : repeated ? older : undefined;
    await deps.secrets.write(programId, [{ secret, mode }, ...(previous ? [previous] : [])]);
    const source: StripeSource = {
      programId,
      enabled: true,
      mode,
      secretEnd: secret.slice(-4),
      previousValidUntil: previous?.validUntil,
      promotionCodes: input.promotionCodes ?? (await deps.sources.find(programId))?.promotionCodes ?? {},
      changedAt: toInstant(now),
      changedBy: by,
      onBehalfOf,
    };
    await deps.sources.save(source);
    return source;
  };
}

/** @throws Failure unknown_program; not_found for a programme that never took events */
export function makeGetStripeSource(deps: {
  readonly sources: Pick<StripeSourceStore, 'find'>;
  readonly programs: ProgramReader;
}): (input: { readonly programId: string }) => Promise<StripeSource> {
  return async ({ programId }) => {
    await deps.programs.get(programId);
    const source = await deps.sources.find(programId);
    if (source) return source;
    throw new Failure('not_found', 'This programme takes no events of Stripe. PUT a signing secret here first.');
  };
}

/**
 * Takes no more events: the secrets are replaced by none. What is recorded stays and is finished.
 * @throws Failure unknown_program, not_found, temporarily_unavailable
 */
export function makeDisableStripeSource(deps: {
  readonly sources: StripeSourceStore;
  readonly secrets: Pick<StripeSecretStore, 'write'>;
  readonly programs: ProgramReader;
  readonly clock: Clock;
}): (input: {
  readonly programId: string;
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}) => Promise<StripeSource> {
  const get = makeGetStripeSource(deps);
  return async ({ programId, by, onBehalfOf }) => {
    const { previousValidUntil: _, ...source } = await get({ programId });
    await deps.secrets.write(programId, []);
    const disabled = { ...source, enabled: false, changedAt: toInstant(deps.clock()), changedBy: by, onBehalfOf };
    await deps.sources.save(disabled);
    return disabled;
  };
}
