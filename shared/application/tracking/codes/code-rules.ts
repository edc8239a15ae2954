import { Failure, type FieldError } from '#shared/application/failure';
import type { CodeContent } from '#shared/application/tracking/codes/code-ports';
import { canonicalCode, hasGeneratedForm } from '#shared/domain/tracking/code';
import type { Discount } from '#shared/domain/tracking/discount';

/** More than half off is nearer to a gift than to a discount. */
const MAX_OPEN_RATE_BPS = 5_000;

/**
 * What must hold of a code's terms, new or changed.
 * A code that a person chose can be guessed by anybody, so it carries no stored value by itself: a fixed amount, a free period
 * or more than half off needs a limit in total, or is for new customers only, once each. Codes made here are secrets of 75 bits
 * and may carry anything.
 * @throws Failure invalid_request naming every field that breaks a rule
 */
export function checkCodeContent(content: CodeContent, isChosen: boolean): void {
  const errors = [...timeErrors(content), ...currencyErrors(content), ...(isChosen ? valueErrors(content) : [])];
  if (errors.length === 0) return;
  const named = errors.map(({ pointer, rule }) => `${pointer} ${rule}`).join('; ');
  throw new Failure('invalid_request', `Correct and send again: ${named}.`, { errors });
}

/** @throws Failure invalid_request for a chosen code that would be read as a mistyped one */
export function checkChosenCode(code: string, pointer = '/code'): void {
  if (!hasGeneratedForm(canonicalCode(code))) return;
  throw new Failure('invalid_request', 'Make the code longer or shorter, or leave it out to have one made.', {
    errors: [{ pointer, rule: 'must not be 16 letters and digits without U: codes made here look like that' }],
  });
}

function timeErrors({ validFrom, validUntil }: CodeContent): readonly FieldError[] {
  if (validFrom === undefined || validUntil === undefined || validFrom < validUntil) return [];
  return [{ pointer: '/expiresAt', rule: 'must be later than validFrom' }];
}

function currencyErrors({ currency, discount, minimumSpendMinor }: CodeContent): readonly FieldError[] {
  const hasAmount =
    minimumSpendMinor !== undefined ||
    discount?.kind === 'fixed' ||
    (discount?.kind === 'percent' && discount.capMinor !== undefined);
  if (currency !== undefined || !hasAmount) return [];
  return [{ pointer: '/currency', rule: 'is needed where there is an amount' }];
}

function valueErrors({
  discount,
  maxRedemptions,
  newCustomersOnly,
  maxPerCustomer = 1,
}: CodeContent): readonly FieldError[] {
  if (!discount || !isValue(discount) || maxRedemptions !== undefined) return [];
  const what = 'a chosen code can be guessed, so a fixed amount, a free period or more than 50 % off';
  if (!newCustomersOnly) {
    return [{ pointer: '/maxRedemptions', rule: `is needed, or newCustomersOnly: ${what} has to be limited` }];
  }
  if (maxPerCustomer === 1) return [];
  return [{ pointer: '/maxPerCustomer', rule: `must be 1 without maxRedemptions: ${what} is for new customers once` }];
}

function isValue(discount: Discount): boolean {
  return discount.kind !== 'percent' || discount.rateBps > MAX_OPEN_RATE_BPS;
}
