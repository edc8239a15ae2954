import type * as z from 'zod';
import type { CodePatch } from '#shared/application/tracking/codes/change-code';
import type { CodeSettings } from '#shared/application/tracking/codes/create-code';
import type { changeCodeRoute } from '#shared/contracts/tracking/change-code';
import type { codeSettingsShape } from '#shared/contracts/tracking/create-code';
import type { discountSchema } from '#shared/contracts/tracking/offer-terms';
import type { Discount } from '#shared/domain/tracking/discount';

type SentSettings = z.output<z.ZodObject<typeof codeSettingsShape>>;
type SentDiscount = z.output<typeof discountSchema>;

/** What codes share as sent, under the names of the use case. */
export function codeSettings(programId: string, sent: SentSettings): CodeSettings {
  const { expiresAt: validUntil, discount, minimumSpendMinor, ...rest } = sent;
  return {
    ...rest,
    programId,
    validUntil,
    discount: discount && discountInput(discount),
    minimumSpendMinor: minimumSpendMinor === undefined ? undefined : BigInt(minimumSpendMinor),
  };
}

/** A change as sent: what is null is taken away, what is absent stays. */
export function codePatch(sent: z.output<typeof changeCodeRoute.body>): CodePatch {
  const { expiresAt: validUntil, disclosedAs: payeeName, discount, minimumSpendMinor, ...rest } = sent;
  const minimum = typeof minimumSpendMinor === 'number' ? BigInt(minimumSpendMinor) : minimumSpendMinor;
  return {
    ...rest,
    validUntil,
    payeeName,
    discount: discount ? discountInput(discount) : discount,
    minimumSpendMinor: minimum,
  };
}

function discountInput(discount: SentDiscount): Discount {
  if (discount.kind === 'fixed') return { ...discount, amountMinor: BigInt(discount.amountMinor) };
  if (discount.kind === 'free_period') return discount;
  const { capMinor, ...percent } = discount;
  return { ...percent, ...(capMinor === undefined ? {} : { capMinor: BigInt(capMinor) }) };
}
