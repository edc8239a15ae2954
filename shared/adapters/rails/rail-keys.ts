import * as z from 'zod';
import type { AwsEnvironment } from '#shared/adapters/aws-json';
import { makeSecretItems } from '#shared/adapters/secret-items';
import type { RailKeyStore } from '#shared/application/payouts/rails/rail-setup';

const keptSchema = z.object({
  version: z.int(),
  keys: z.discriminatedUnion('rail', [
    z.object({ rail: z.literal('stripe'), secretKey: z.string() }),
    z.object({
      rail: z.literal('paypal'),
      clientId: z.string(),
      clientSecret: z.string(),
      mode: z.enum(['live', 'test']),
    }),
  ]),
});

/** A programme's keys in Secrets Manager: one item a programme and rail, made when they are first set. */
export function makeRailKeyStore(deps: {
  /** Before the programme's id; no other secret's name begins with it. */
  readonly prefix: string;
  readonly environment: AwsEnvironment;
  readonly fetcher?: typeof fetch | undefined;
}): RailKeyStore {
  const items = makeSecretItems({
    ...deps,
    unavailable: "The rail's keys cannot be reached just now. Repeat in a second.",
  });
  // A rail has no dot in its name, so that no two programmes meet in one.
  const nameOf = (programId: string, rail: string): string => `${programId}.${rail}`;
  return {
    read: async (programId, rail) => {
      const value = await items.read(nameOf(programId, rail));
      return value === undefined || value === 'null' ? undefined : keptSchema.parse(JSON.parse(value));
    },
    write: async (programId, rail, kept) => {
      // Secrets Manager keeps the value before the current one: keys are gone once there are none twice.
      for (let times = kept ? 1 : 2; times > 0; times -= 1) {
        await items.write(
          nameOf(programId, rail),
          JSON.stringify(kept ?? null),
          `Keys by which programme ${programId} pays through ${rail}`,
        );
      }
    },
  };
}
