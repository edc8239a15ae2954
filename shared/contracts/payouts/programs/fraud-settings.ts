import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { SIGNAL_ACTIONS } from '#shared/domain/fraud/fraud-signal';

const MAX_DEADLINE_DAYS = 90;
const MAX_SPAN_SECONDS = 86_400;
/** A sale looks at no more sales than this: what it costs to read must have an end. */
const MAX_VELOCITY = 100;
const MAX_SECONDS_AFTER_CLICK = 3_600;
const MAX_LINK_ONLY_PARTNERS = 200;
const MAX_REFUND_PERIODS = 12;
const MAX_REFUND_SALES = 100_000;
const WHOLE_BPS = 10_000;

const action = (what: string): z.ZodType<(typeof SIGNAL_ACTIONS)[number]> =>
  z.enum(SIGNAL_ACTIONS).meta({
    description: `${what}. \`hold\`: the sale earns nothing until somebody decides; \`flag\`: it is shown and earns; \`off\`.`,
  });
const velocityLimit = (whose: string): z.ZodType<number> =>
  z
    .int()
    .min(1)
    .max(MAX_VELOCITY)
    .meta({ description: `Sales of one ${whose} in the span; one more is a signal.` });

/** What a programme looks for as fraud, without defaults. */
export const FRAUD = {
  holdDeadlineDays: z.int().min(1).max(MAX_DEADLINE_DAYS).meta({
    description: 'Days in which a held sale is to be decided on; then it is escalated.',
  }),
  selfReferral: action("The buyer paid from the partner's account or used a device from which the partner bought"),
  samePayee: action('The partner is paid into the same account as another partner'),
  velocity: action('Too many sales of one partner, customer or device in a span of time'),
  velocitySpanSeconds: z.int().min(1).max(MAX_SPAN_SECONDS).meta({ description: 'By when sales occurred.' }),
  velocityPerPartner: velocityLimit('partner'),
  velocityPerCustomer: velocityLimit('customer'),
  velocityPerDevice: velocityLimit('device'),
  implausibleClick: action('The click that won came from a program, was fetched ahead, or came too close to the sale'),
  minSecondsAfterClick: z.int().min(0).max(MAX_SECONDS_AFTER_CLICK),
  linkOnlyPartners: z
    .array(idSchema)
    .max(MAX_LINK_ONLY_PARTNERS)
    .meta({ description: 'Partners that have links alone: a sale of theirs without a click counts as implausible.' }),
  paidSearchClick: action('The click came from an advertisement; only where `tracking.paidSearch` is `forbid`'),
  refundRate: action("Too many of a partner's sales were given back"),
  refundRatePeriods: z.int().min(1).max(MAX_REFUND_PERIODS).meta({ description: 'Months, the current one included.' }),
  refundRateMinSales: z.int().min(1).max(MAX_REFUND_SALES).meta({ description: 'Fewer sales say nothing.' }),
  refundRateMaxBps: z.int().min(0).max(WHOLE_BPS).meta({ description: 'Orders given back, of all orders.' }),
};

/**
 * In full. What an honest programme meets by chance is flagged; held is only what somebody said or forbade: an account hash,
 * a device, an advertisement.
 */
export const fraudSchema = z.object({
  holdDeadlineDays: FRAUD.holdDeadlineDays.default(14),
  selfReferral: FRAUD.selfReferral.default('hold'),
  samePayee: FRAUD.samePayee.default('flag'),
  velocity: FRAUD.velocity.default('flag'),
  velocitySpanSeconds: FRAUD.velocitySpanSeconds.default(60),
  velocityPerPartner: FRAUD.velocityPerPartner.default(100),
  velocityPerCustomer: FRAUD.velocityPerCustomer.default(10),
  velocityPerDevice: FRAUD.velocityPerDevice.default(10),
  implausibleClick: FRAUD.implausibleClick.default('flag'),
  minSecondsAfterClick: FRAUD.minSecondsAfterClick.default(2),
  linkOnlyPartners: FRAUD.linkOnlyPartners.default([]),
  paidSearchClick: FRAUD.paidSearchClick.default('hold'),
  refundRate: FRAUD.refundRate.default('flag'),
  refundRatePeriods: FRAUD.refundRatePeriods.default(3),
  refundRateMinSales: FRAUD.refundRateMinSales.default(20),
  refundRateMaxBps: FRAUD.refundRateMaxBps.default(5_000),
});
