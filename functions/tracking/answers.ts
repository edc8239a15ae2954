import type { CodeChange, CodeContentPart } from '#shared/application/tracking/codes/code-ports';
import type { CodeWithUse } from '#shared/application/tracking/codes/get-code';
import type { LinkChange, LinkContent, StoredCode, StoredLink } from '#shared/application/tracking/ports';
import { type EpochMs, toInstant } from '#shared/domain/time/instant';

/** A link as the API shows it. */
export function linkAnswer(link: StoredLink, publicUrl: string, now: EpochMs): Record<string, unknown> {
  const { slug, partnerId, destination, campaign, utmTemplates, description, disclosedAs, validUntil, createdAt } =
    link;
  const isExpired = validUntil !== undefined && validUntil <= toInstant(now);
  return {
    slug,
    url: linkUrl(slug, publicUrl),
    partnerId,
    destination,
    status: link.status === 'active' && isExpired ? 'expired' : link.status,
    campaign,
    utm: utmTemplates,
    description,
    disclosedAs,
    expiresAt: validUntil,
    createdAt,
  };
}

/** What the partner shares. */
export function linkUrl(slug: string, publicUrl: string): string {
  return new URL(`/r/${slug}`, publicUrl).href;
}

/** The customer's page of a code. */
export function codeUrl(code: string, publicUrl: string): string {
  return new URL(`/c/${encodeURIComponent(code)}`, publicUrl).href;
}

/** What a change found or left, under the names of the API. */
export function linkContentAnswer(content: LinkContent): Record<string, unknown> {
  const { validUntil, utmTemplates, utm, ...rest } = content;
  return { ...rest, utm: utmTemplates, resolvedUtm: utm, expiresAt: validUntil };
}

/** A change of a link; who of the staff made it is nothing that a partner learns. */
export function linkChangeAnswer(
  { by, onBehalfOf, ...change }: LinkChange,
  isPartner: boolean,
): Record<string, unknown> {
  const { before, after } = change;
  const who = isPartner ? {} : { by, onBehalfOf };
  return { ...change, ...who, before: linkContentAnswer(before), after: linkContentAnswer(after) };
}

/** A code as the API shows it. */
export function codeAnswer(stored: StoredCode, publicUrl: string): Record<string, unknown> {
  const { code, partnerId, maxPerCustomer = 1, disabled = false, isChosen = true, createdAt } = stored;
  const { payeeName, validUntil, discount, currency, minimumSpendMinor, newCustomersOnly, ...rest } = stored;
  return {
    code,
    url: codeUrl(code, publicUrl),
    partnerId,
    description: rest.description,
    destination: rest.destination,
    disclosedAs: payeeName,
    discount,
    currency,
    minimumSpendMinor,
    newCustomersOnly,
    maxRedemptions: rest.maxRedemptions,
    maxPerCustomer,
    validFrom: rest.validFrom,
    expiresAt: validUntil,
    disabled,
    chosen: isChosen,
    createdAt,
  };
}

/** The same with how it was redeemed. */
export function codeWithUseAnswer({ code, use }: CodeWithUse, publicUrl: string): Record<string, unknown> {
  const { confirmed, seats } = use;
  return { ...codeAnswer(code, publicUrl), redemptions: { confirmed, ...seats } };
}

/** A change of a code; who made it is nothing that a partner learns. */
export function codeChangeAnswer(change: CodeChange, isPartner: boolean): Record<string, unknown> {
  const { at, by, onBehalfOf, before, after } = change;
  const named = ({ payeeName: disclosedAs, validUntil: expiresAt, ...content }: CodeContentPart) => ({
    ...content,
    disclosedAs,
    expiresAt,
  });
  return { at, ...(isPartner ? {} : { by, onBehalfOf }), before: named(before), after: named(after) };
}
