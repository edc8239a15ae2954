import type { Node } from 'constructs';
import { isValidBIC, isValidIBAN } from 'ibantools';
import * as z from 'zod';

/** A stand-in on this machine, for trials; otherwise the real host, and never another. */
const standInSchema = z
  .string()
  .regex(/^$|^http:\/\/127\.0\.0\.1:\d{1,5}$/, 'must be empty, or http://127.0.0.1 with a port')
  .default('');

/** Settings of an installation: CDK context (cdk.json, `-c name=value`, or CDK_CONTEXT_JSON). */
const configurationSchema = z.object({
  /** How long a function may answer from a programme or link it has read. */
  configTtlSeconds: z.coerce.number().min(0),
  /** A command to a table is given up after this, so a period that was stamped just before it can come no later. */
  longestWriteSeconds: z.coerce.number().int().min(1).max(29),
  /** How long a run waits between closing the books and reading them. */
  drainSeconds: z.coerce.number().int().min(1),
  /**
   * Shards of a payout run, each with a function of its own, that are worked on at once: what they leave of the account's
   * concurrent executions (10 in a new account) is the API's.
   */
  shardsAtOnce: z.coerce.number().int().min(1).max(100).default(5),
  /** Sender of notices: an address of an identity verified in SES. */
  mailFrom: z.email(),
  /** Where answers to notices go; without it, to the sender. */
  mailReplyTo: z.email().optional(),
  /** The account that bank files pay from, as its bank knows it. */
  debtorName: z.string().min(1).max(70),
  debtorIban: z.string().refine(isValidIBAN, 'must be an IBAN with valid check digits, without spaces'),
  debtorBic: z.union([z.literal(''), z.string().refine(isValidBIC, 'must be a BIC')]),
  /** Where Stripe and PayPal are asked to pay. */
  stripeApiUrl: standInSchema,
  paypalApiUrl: standInSchema,
  /** A receiver of webhooks that may be on this machine. */
  webhookTrialOrigin: standInSchema,
  /** Told by e-mail when an alarm goes off. */
  alarmEmail: z.email().optional(),
  /** Own domain in front of the API, such as https://go.example.com. */
  publicUrl: z.url({ protocol: /^https?$/ }).optional(),
  /**
   * An OpenID provider of your own instead of a Cognito user pool, by its issuer and the id by which it knows the console. Its ID tokens
   * need `email`, `email_verified`, `auth_time`, and the roles of staff as `cognito:groups`; its keys are at
   * `/.well-known/jwks.json` below the issuer.
   */
  oidcIssuer: z.url({ protocol: /^https$/ }).optional(),
  oidcAudience: z
    .string()
    .regex(/^[^\s,]{1,255}$/, 'must be one client id')
    .optional(),
  account: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  region: z.string().optional(),
});
export type Configuration = z.output<typeof configurationSchema>;

/**
 * @throws Error naming the setting, also when the drain would not outlast a cached programme and the longest write:
 *   then a fact could slip behind the cut of a close (design.md, Closing a month).
 */
export function readConfiguration(node: Node): Configuration {
  const values = Object.fromEntries(
    Object.keys(configurationSchema.shape).map((name) => [name, node.tryGetContext(name) as unknown]),
  );
  const parsed = configurationSchema.safeParse(values);
  if (!parsed.success) throw new Error(`context: ${z.prettifyError(parsed.error)}`);
  if ((parsed.data.oidcIssuer === undefined) !== (parsed.data.oidcAudience === undefined)) {
    throw new Error('context: set both oidcIssuer and oidcAudience, or neither for a user pool of this installation');
  }
  const { drainSeconds, configTtlSeconds, longestWriteSeconds } = parsed.data;
  if (drainSeconds <= configTtlSeconds + longestWriteSeconds) {
    throw new Error(
      `context: drainSeconds (${drainSeconds}) must be more than configTtlSeconds (${configTtlSeconds}) and ` +
        `longestWriteSeconds (${longestWriteSeconds}) together, or a fact could slip behind the cut of a close`,
    );
  }
  return parsed.data;
}
