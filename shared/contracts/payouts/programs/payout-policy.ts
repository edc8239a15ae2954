import * as z from 'zod';
import { nonNegativeMinorSchema } from '#shared/contracts/fields';
import { payoutSourceSchema } from '#shared/contracts/payouts/programs/payout-source';
import { PAYOUT_RAILS } from '#shared/domain/ledger/payout';
import { ALSO_EXCLUDED } from '#shared/domain/run/payout-run';

const MAX_APPROVERS = 10;
const MAX_STEPS = 10;
const MAX_HOURS = 24 * 60;
const MAX_COOLDOWN_HOURS = 24 * 30;
const MAX_PERCENT = 10_000;
const MAX_LOGIN_MINUTES = 24 * 60;

export const requiredSchema = z.int().min(1).max(MAX_APPROVERS);

/** Names each number that is not above the one before it; `of` is where it stands within its item. */
const mustRise =
  <T>(of: (item: T) => number, ...within: readonly string[]) =>
  (items: readonly T[], context: z.RefinementCtx): void => {
    for (const [index, item] of items.slice(1).entries()) {
      const before = of(items[index] as T);
      if (of(item) > before) continue;
      const path = [index + 1, ...within];
      context.addIssue({ code: 'custom', path, message: `must be above ${before}, which stands before it` });
    }
  };

const stepSchema = z.strictObject({ aboveMinor: nonNegativeMinorSchema, required: requiredSchema });

const issuerSchema = z.strictObject({
  legalName: z.string().trim().min(1).max(140),
  addressLines: z.array(z.string().trim().min(1).max(70)).min(1).max(4),
  taxId: z.string().trim().min(2).max(30).optional(),
});

/** Fields without their defaults: a change names a few of them, and what it leaves out must stay. */
const PAYOUTS = {
  requiredAbove: z
    .array(stepSchema)
    .max(MAX_STEPS)
    .superRefine(mustRise(({ aboveMinor }) => aboveMinor, 'aboveMinor'))
    .meta({
      description:
        'How many people must approve a run that pays more than `aboveMinor` in any one currency. The highest number that applies counts.',
    }),
  freshSignInAboveMinor: nonNegativeMinorSchema.meta({
    description:
      'Who approves a run that pays more in any one currency, or an adjustment of more either way, must have signed in within ' +
      '`freshLoginMinutes` (`login_not_fresh` otherwise). Absent: nobody must.',
  }),
  alsoExcluded: z
    .array(z.enum(ALSO_EXCLUDED))
    .max(ALSO_EXCLUDED.length)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'must name each once')
    .meta({
      description:
        'Who cannot approve a run besides those who never can: `published_a_plan`, who published a version of a plan of this ' +
        'programme; `created_an_api_key`, who made an API key that could record its sales. They may still reject.',
    }),
  reminderHours: z
    .array(z.int().min(1).max(MAX_HOURS))
    .max(MAX_STEPS)
    .superRefine(mustRise((hours) => hours))
    .meta({ description: 'After how many hours of waiting for a decision its approvers are reminded.' }),
  expiryHours: z.int().min(1).max(MAX_HOURS).meta({
    description: 'After how many hours without a decision a run expires: its drafts are void, its month is open again.',
  }),
  changeFlagPercent: z.int().min(0).max(MAX_PERCENT).meta({
    description: 'A partner whose amount changed by more against the last period is flagged in the review of a run.',
  }),
  payeeCooldownHours: z.int().min(0).max(MAX_COOLDOWN_HOURS).meta({
    description: 'How long changed bank details rest before a payout may use them.',
  }),
  freshLoginMinutes: z.int().min(1).max(MAX_LOGIN_MINUTES).meta({
    description:
      'How long ago the person who changes bank details, or approves what is above `freshSignInAboveMinor`, may have signed in.',
  }),
  partnerRails: z
    .array(z.enum(PAYOUT_RAILS))
    .min(1)
    .max(PAYOUT_RAILS.length)
    .meta({ description: 'How partners may choose to be paid; staff may set any rail.' }),
  bankFileFormat: z.enum(['pain.001.001.09', 'pain.001.001.03']).meta({
    description: 'The version of ISO 20022 credit transfers that the bank takes.',
  }),
  source: payoutSourceSchema,
  issuer: issuerSchema.meta({
    description: 'The company in whose books this programme is: the recipient on self-billing invoices.',
  }),
};

/** The policy in full, as answered and as stored; what is absent has its default. */
export const payoutsSchema = z.object({
  requiredAbove: PAYOUTS.requiredAbove.default([]),
  freshSignInAboveMinor: PAYOUTS.freshSignInAboveMinor.optional(),
  alsoExcluded: PAYOUTS.alsoExcluded.default([]),
  reminderHours: PAYOUTS.reminderHours.default([72, 168]),
  expiryHours: PAYOUTS.expiryHours.default(336),
  changeFlagPercent: PAYOUTS.changeFlagPercent.default(50),
  payeeCooldownHours: PAYOUTS.payeeCooldownHours.default(48),
  freshLoginMinutes: PAYOUTS.freshLoginMinutes.default(15),
  partnerRails: PAYOUTS.partnerRails.default(['bank_file', 'nacha', 'stripe', 'paypal']),
  bankFileFormat: PAYOUTS.bankFileFormat.default('pain.001.001.09'),
  source: PAYOUTS.source.default({}),
  issuer: PAYOUTS.issuer.optional(),
});

/** What a new programme may say; the rest has its defaults. */
export const payoutsBodySchema = z.strictObject(PAYOUTS).partial();

const orNull = <T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> => schema.nullable().optional();

/** A change: what is absent stays, null brings a rule back to its default (RFC 7396). */
export const policyChangeSchema = z
  .strictObject({
    approvals: z
      .strictObject({ required: requiredSchema.optional(), extraApproverAboveMinor: orNull(nonNegativeMinorSchema) })
      .optional(),
    payouts: z
      .strictObject({
        requiredAbove: orNull(PAYOUTS.requiredAbove),
        freshSignInAboveMinor: orNull(PAYOUTS.freshSignInAboveMinor),
        alsoExcluded: orNull(PAYOUTS.alsoExcluded),
        reminderHours: orNull(PAYOUTS.reminderHours),
        expiryHours: orNull(PAYOUTS.expiryHours),
        changeFlagPercent: orNull(PAYOUTS.changeFlagPercent),
        payeeCooldownHours: orNull(PAYOUTS.payeeCooldownHours),
        freshLoginMinutes: orNull(PAYOUTS.freshLoginMinutes),
        partnerRails: orNull(PAYOUTS.partnerRails),
        bankFileFormat: orNull(PAYOUTS.bankFileFormat),
        source: orNull(PAYOUTS.source),
        issuer: orNull(PAYOUTS.issuer),
      })
      .optional(),
  })
  .refine(
    (change) => Object.values(change).some((section) => section && Object.keys(section).length > 0),
    'must name at least one rule of the policy',
  );
