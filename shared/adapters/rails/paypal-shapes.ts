import * as z from 'zod';

/** Documented shapes of the Payouts API, as far as they are read. Source: developer.paypal.com/api/payments.payouts-batch/v1. */
const BATCH_ID = /^[A-Za-z0-9_-]{1,64}$/;
const BATCH_PATH = /\/v1\/payments\/payouts\/([A-Za-z0-9_-]{1,64})(?:\?|$)/;

export const batchSchema = z.object({
  batch_header: z.object({
    payout_batch_id: z.string().regex(BATCH_ID),
    batch_status: z.string(),
    sender_batch_header: z.object({ sender_batch_id: z.string().optional() }).optional(),
  }),
  items: z
    .array(
      z.object({
        transaction_status: z.string().optional(),
        payout_item: z.object({
          amount: z.object({ currency: z.string(), value: z.string() }),
          sender_item_id: z.string().optional(),
        }),
        errors: z.object({ name: z.string() }).optional(),
      }),
    )
    .default([]),
});
export type PayPalBatch = z.output<typeof batchSchema>;

const linkSchema = z.object({ href: z.string(), rel: z.string().optional() });
const errorSchema = z.object({
  name: z.string(),
  details: z
    .array(
      z.object({
        field: z.string().optional(),
        issue: z.string().optional(),
        link: z.array(linkSchema).optional(),
        links: z.array(linkSchema).optional(),
      }),
    )
    .default([]),
  links: z.array(linkSchema).default([]),
});

export type PayPalError = {
  readonly name: string;
  /** Names of the fields that break a rule, without their values. */
  readonly fields: readonly string[];
  /** That the batch id was used already. */
  readonly isDuplicate: boolean;
  /** The batch that used it, from the link in the answer: only its id is taken, the link is never followed. */
  readonly duplicateOf?: string | undefined;
};

const FIELD = /^[A-Za-z_0-9.[\]]{1,80}$/;

/** An error body; `undefined` for one that is not of the documented shape. */
export function readPayPalError(body: unknown): PayPalError | undefined {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const { name, details, links } = parsed.data;
  const fields = details.map(({ field }) => field ?? '').filter((field) => FIELD.test(field));
  const isDuplicate =
    /DUPLICATE/i.test(name) ||
    details.some(
      ({ field, issue }) =>
        /sender_batch_id/i.test(`${field ?? ''} ${issue ?? ''}`) && /duplicate|already/i.test(issue ?? ''),
    );
  const hrefs = [...links, ...details.flatMap(({ link = [], links: more = [] }) => [...link, ...more])];
  const duplicateOf = hrefs.map(({ href }) => BATCH_PATH.exec(href)?.[1]).find((id) => id !== undefined);
  return { name, fields, isDuplicate, duplicateOf: isDuplicate ? duplicateOf : undefined };
}
