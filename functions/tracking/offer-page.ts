import { escapeHtml, page } from '#functions/tracking/page';
import type { Offer } from '#shared/application/tracking/show-offer';

/** What the offer is, who is paid for it, and one button. */
export function offerPage({ code, description, merchantName, payeeName, destination, validUntil }: Offer): string {
  const button = destination ? `<p><a class="go" href="${escapeHtml(destination)}">Go to the shop</a></p>` : '';
  const until = validUntil ? `<p>Valid until ${escapeHtml(validUntil.slice(0, 10))}.</p>` : '';
  return page(
    `Your code for ${merchantName}`,
    `<h1>Your code for ${escapeHtml(merchantName)}</h1><p>${escapeHtml(description)}</p>` +
      `<p>Enter this code at the checkout:</p><p><strong class="code">${escapeHtml(code)}</strong></p>${until}${button}` +
      `<p class="paid">If you buy with this code, ${escapeHtml(merchantName)} pays a commission to ` +
      `<strong>${escapeHtml(payeeName)}</strong>. Your price does not rise because of it.</p>`,
  );
}

export function unknownCodePage(): string {
  return page(
    'This code cannot be used',
    '<h1>This code cannot be used</h1><p>It may be mistyped, or its time is over. Compare it with where you found it, ' +
      'or ask the person who gave it to you for a new one. You can always buy without a code.</p>',
  );
}
