import * as z from 'zod';
import type { AwsEnvironment } from '#shared/adapters/aws-json';
import { makeSecretItems } from '#shared/adapters/secret-items';
import type { Clock } from '#shared/application/ports';
import type { StripeSecret, StripeSecretStore } from '#shared/application/referrals/stripe/ports';
import type { StripeSecretsOf } from '#shared/application/referrals/stripe/receive-stripe-event';
import type { Instant } from '#shared/domain/time/instant';

/** A secret that was replaced or taken away stops being accepted within this, wherever it is remembered. */
const REMEMBERED_MS = 300_000;
/** A new secret counts within this; forged signatures must not hammer Secrets Manager. */
const LOOK_AGAIN_MS = 10_000;
const MAX_REMEMBERED = 1_000;

const valueSchema = z.object({
  secrets: z.array(
    z.object({
      secret: z.string(),
      mode: z.enum(['live', 'test']),
      validUntil: z
        .string()
        .transform((text) => text as Instant)
        .optional(),
    }),
  ),
});

/** A programme's secrets in Secrets Manager: one item a programme, made when the first is set. */
export function makeStripeSecretStore(deps: {
  /** Before the programme's id; no other secret's name begins with it. */
  readonly prefix: string;
  readonly environment: AwsEnvironment;
  readonly fetcher?: typeof fetch | undefined;
}): StripeSecretStore {
  const items = makeSecretItems({
    ...deps,
    unavailable: 'The signing secret cannot be reached just now. Repeat in a second.',
  });
  return {
    read: async (programId) => {
      const value = await items.read(programId);
      return value === undefined ? [] : valueSchema.parse(JSON.parse(value)).secrets;
    },
    write: (programId, secrets) =>
      items.write(
        programId,
        JSON.stringify({ secrets }),
        `Signing secrets of Stripe's events for programme ${programId}`,
      ),
  };
}

/** Secrets as a function remembers them: for a bounded time, and read again when a signature matches none of them. */
export function makeStripeSecretMemory(deps: {
  readonly read: StripeSecretStore['read'];
  readonly clock: Clock;
}): StripeSecretsOf {
  type Entry = { readonly secrets: Promise<readonly StripeSecret[]>; readonly readAtMs: number };
  const known = new Map<string, Entry>();
  return (programId, isNewerWanted) => {
    const now = deps.clock();
    const entry = known.get(programId);
    if (entry && now - entry.readAtMs < (isNewerWanted ? LOOK_AGAIN_MS : REMEMBERED_MS)) return entry.secrets;
    const fresh = { secrets: deps.read(programId), readAtMs: now };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(programId, fresh);
    fresh.secrets.catch(() => {
      if (known.get(programId) === fresh) known.delete(programId);
    });
    return fresh.secrets;
  };
}
