import type { StoredCode, StoredLink } from '#shared/application/tracking/ports';

/** A link as the API shows it. */
export function linkAnswer(link: StoredLink, publicUrl: string): Record<string, unknown> {
  const { slug, partnerId, destination, campaign, createdAt } = link;
  return { slug, url: new URL(`/r/${slug}`, publicUrl).href, partnerId, destination, campaign, createdAt };
}

/** A code as the API shows it. */
export function codeAnswer(stored: StoredCode, publicUrl: string): Record<string, unknown> {
  const { code, partnerId, description, destination, payeeName, maxRedemptions, validFrom, validUntil, createdAt } =
    stored;
  return {
    code,
    url: new URL(`/c/${encodeURIComponent(code)}`, publicUrl).href,
    partnerId,
    description,
    destination,
    disclosedAs: payeeName,
    maxRedemptions,
    validFrom,
    expiresAt: validUntil,
    createdAt,
  };
}
