import { composeIBAN } from 'ibantools';
import type { ApiClient } from '../../api-client.ts';
import { severalAtOnce } from '../../several-at-once.ts';
import type { OnlineRetail, Sale } from './online-retail.ts';

/** What the import did; `duplicates` were there before, `refused` names each fact the API did not take. */
export type ImportReport = {
  readonly programId: string;
  readonly conversions: number;
  readonly refunds: number;
  readonly duplicates: number;
  readonly refused: readonly string[];
};

export type Progress = (done: number, total: number, what: string) => void;

/** The API's limit on a batch. */
const BATCH_SIZE = 100;
/** Requests under way: enough to keep the stack busy, few enough for one machine. */
const AT_ONCE = 3;
/** Slugs and codes are one name space over all programmes: the story keeps two imports apart. */
const STORY = 'retail';
const BOOKS_OPEN_FROM = '2010-12';
const STARTS_AT = '2010-12-01T00:00:00Z';
/** Partners that passed the training in the story: enough referrals promote them at the first close. */
const CERTIFIED = ['united-kingdom', 'germany', 'france'];

/** Share by tier for a year, a bonus on what exceeds 5,000.00 and 50,000.00 a month, and a fee a new customer. */
const PLAN = {
  version: 1,
  components: [
    {
      kind: 'revenue_share',
      id: 'share',
      ratesByTier: { referral: 1000, certified: 1500, premium: 2000 },
      windowMonths: 12,
    },
    {
      kind: 'revenue_share',
      id: 'growth',
      metric: 'revenue',
      mode: 'graduated',
      brackets: [
        { upTo: 500_000, rateBps: 0 },
        { upTo: 5_000_000, rateBps: 100 },
        { upTo: null, rateBps: 200 },
      ],
    },
    { kind: 'referral_fee', id: 'new-customer', amountMinor: 500 },
  ],
};

/** Creates the programme and its partners; every request can be repeated, so a killed import is simply run again. */
export async function setUpProgram(api: ApiClient, data: OnlineRetail, story: string = STORY): Promise<string> {
  const { programId } = await api.post<{ programId: string }>(
    '/v1/programs',
    {
      name: 'Online Retail partners',
      currency: 'GBP',
      timeZone: 'Europe/London',
      holdDays: 0,
      minimumPayoutMinor: 2_500,
      booksOpenFrom: BOOKS_OPEN_FROM,
    },
    { idempotencyKey: `${story}-programme` },
  );
  const base = `/v1/programs/${programId}`;
  await api.post(`${base}/plans`, PLAN);
  await severalAtOnce([...data.partners.entries()], AT_ONCE, async ([index, partner]) => {
    const { partnerId, country } = partner;
    await api.post(`${base}/partners`, {
      partnerId,
      name: `${country} agency`,
      email: `${partnerId}@partners.example`,
      startsAt: STARTS_AT,
      planVersion: 1,
      tier: 'referral',
      payee: { rail: 'bank_file', name: `${country} agency`, iban: demoIban(index) },
    });
    await api.post(
      `${base}/links`,
      { partnerId, slug: `${story}-${partnerId}`, destination: 'https://shop.example/welcome' },
      { idempotencyKey: `${story}-link-${partnerId}` },
    );
    await api.post(
      `${base}/codes`,
      { partnerId, code: codeOf(story, partnerId) },
      { idempotencyKey: `${story}-code-${partnerId}` },
    );
  });
  for (const partnerId of CERTIFIED) {
    await api.post(
      `${base}/partners/${partnerId}/certifications`,
      { certification: 'certified', certifiedAt: STARTS_AT },
      { idempotencyKey: `${story}-certified-${partnerId}` },
    );
  }
  return programId;
}

/** Sends every sale and refund in batches through the public API. */
export async function importFacts(
  api: ApiClient,
  programId: string,
  data: OnlineRetail,
  progress: Progress,
  story: string = STORY,
): Promise<ImportReport> {
  const base = `/v1/programs/${programId}`;
  const total = data.sales.length + data.refunds.length;
  const report = { programId, conversions: 0, refunds: 0, duplicates: 0, refused: [] as string[] };
  const send = async (
    kind: 'conversions' | 'refunds',
    items: readonly { id: string; body: unknown }[],
  ): Promise<void> => {
    const answer = await api.post<{ items: BatchAnswer[] }>(`${base}/${kind}/batch`, {
      items: items.map((item) => item.body),
    });
    for (const [index, item] of answer.items.entries()) {
      if (item.status === 201) report[kind] += 1;
      else if (item.status === 200) report.duplicates += 1;
      else report.refused.push(`${items[index]?.id}: ${item.problem?.detail ?? item.status}`);
    }
    progress(report.conversions + report.refunds + report.duplicates + report.refused.length, total, kind);
  };
  const sales = data.sales.map((sale) => ({ id: sale.orderId, body: toConversion(sale, story) }));
  const refunds = data.refunds.map((refund) => ({ id: refund.refundId, body: { ...refund, kind: 'refund' } }));
  await inBatches(sales, (batch) => send('conversions', batch));
  await inBatches(refunds, (batch) => send('refunds', batch));
  return report;
}

type BatchAnswer = { status: number; problem?: { detail: string } };

function toConversion(sale: Sale, story: string): unknown {
  const { orderId, customerId, occurredAt, amountMinor, partnerId, isReferral } = sale;
  const claim = isReferral ? { code: codeOf(story, partnerId) } : { partnerId };
  return { orderId, customerId, occurredAt, amount: { minor: amountMinor, currency: 'GBP' }, ...claim };
}

async function inBatches<T>(items: readonly T[], send: (batch: readonly T[]) => Promise<void>): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / BATCH_SIZE) }, (_, index) =>
    items.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  await severalAtOnce(batches, AT_ONCE, send);
}

function codeOf(story: string, partnerId: string): string {
  return `${story}${partnerId.replaceAll('-', '')}`.toUpperCase();
}

function demoIban(index: number): string {
  const iban = composeIBAN({ countryCode: 'GB', bban: `NWBK601613${String(31_926_800 + index)}` });
  if (!iban) throw new Error('the demo account number does not make an IBAN');
  return iban;
}
