import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { instantField, periodField } from '#shared/adapters/dynamodb/money/money-fields';
import { ALERT_TARGETS, type Dashboard, type PartnerRow } from '#shared/application/partners/overview/overview';
import { HEALTH_STATUSES } from '#shared/domain/partner/health/health';
import { HEALTH_REASONS, REASON_SEVERITIES } from '#shared/domain/partner/health/health-words';

/** Amounts are kept as decimal text: JSON knows no integer of their size. */
const minor = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);

const reason = z.object({
  code: z.enum(HEALTH_REASONS),
  severity: z.enum(REASON_SEVERITIES),
  text: z.string(),
});
const named = { partnerId: z.string(), name: z.string() };

const month = z.object({
  period: periodField,
  figures: z.array(
    z.object({
      currency: z.string(),
      partnerMinor: minor,
      totalMinor: minor,
      conversions: z.int(),
      refundedMinor: minor,
      refundedConversions: z.int(),
      heldConversions: z.int(),
      heldMinor: minor,
    }),
  ),
  activePartners: z.int(),
});
const started = z.object({
  count: z.int(),
  partners: z.array(z.object({ ...named, at: instantField })),
});

const dashboardSchema = z.object({
  programId: z.string(),
  period: periodField,
  asOf: instantField,
  tookMs: z.number(),
  trendAsOf: instantField,
  isRunning: z.boolean(),
  month,
  before: month,
  sameDaysBefore: month.optional(),
  trend: z.array(month),
  commissions: z.array(
    z.object({
      period: periodField,
      runId: z.string(),
      totals: z.array(
        z.object({ currency: z.string(), earnedMinor: minor, clawbackMinor: minor, adjustmentMinor: minor }),
      ),
    }),
  ),
  newPartners: started,
  endedPartners: started,
  topPerformers: z.array(
    z.object({ ...named, currency: z.string(), revenueMinor: minor, beforeMinor: minor, conversions: z.int() }),
  ),
  health: z.record(z.enum(HEALTH_STATUSES), z.int()),
  pipeline: z.object({
    applicationsWaiting: z.int().optional(),
    agreementNotAccepted: z.int(),
    noLink: z.int(),
    noClick: z.int(),
    noSale: z.int(),
    heldSales: z.int(),
  }),
  alerts: z.object({
    count: z.int(),
    items: z.array(reason.extend({ ...named, target: z.enum(ALERT_TARGETS) })),
  }),
});

const rowsSchema = z.array(
  z.object({
    ...named,
    country: z.string().optional(),
    tier: z.string().optional(),
    status: z.enum(HEALTH_STATUSES),
    reasons: z.array(reason),
    startedAt: instantField.optional(),
    endedAt: instantField.optional(),
    lastSaleAt: instantField.optional(),
    lastActivity: z.object({ at: instantField, kind: z.enum(['sale', 'agreement', 'payee', 'training']) }).optional(),
    conversions: z.int(),
    conversionsBefore: z.int(),
    revenue: z.array(
      z.object({ currency: z.string(), monthMinor: minor, sameDaysBeforeMinor: minor, beforeMinor: minor }),
    ),
  }),
);

const packed = z.object({ content: z.instanceof(Uint8Array) });

/** A text of much the same words over and over is a tenth of its size. */
export function pack(value: unknown): Uint8Array {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
  return gzipSync(text);
}

function unpack(item: unknown): unknown {
  return JSON.parse(gunzipSync(packed.parse(item).content).toString('utf8'));
}

/** `undefined` for one that another version wrote: it is computed again. */
export function dashboardOfItem(item: unknown): Dashboard | undefined {
  return dashboardSchema.safeParse(unpack(item)).data;
}

export function rowsOfItem(item: unknown): readonly PartnerRow[] | undefined {
  return rowsSchema.safeParse(unpack(item)).data;
}
