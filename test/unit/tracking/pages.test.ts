import { describe, expect, it } from 'vitest';
import type { Principal } from '#functions/runtime/principal';
import { offerPage, unknownCodePage } from '#functions/tracking/offer-page';
import { PAGE_HEADERS } from '#functions/tracking/page';
import { visiblePartner } from '#functions/tracking/visible-partner';
import { aCode } from '#test/support/builders/referrals';

const HOSTILE = `"><script>alert('x')</script>&`;

describe("the customer's page", () => {
  it('says the code, the offer and who is paid, with one button', () => {
    const html = offerPage(aCode({ destination: 'https://shop.example/' }));
    for (const text of ['TALLY10', '10 % off', 'Corner shop', 'Mira Makes']) expect(html).toContain(text);
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('lang="en"');
    expect(Buffer.byteLength(html)).toBeLessThan(15_000);
  });

  it('has no button when there is nowhere to go', () => {
    expect(offerPage(aCode())).not.toContain('<a ');
  });

  it('shows hostile text as text', () => {
    const html = offerPage(
      aCode({ code: HOSTILE, description: HOSTILE, merchantName: HOSTILE, payeeName: HOSTILE, destination: HOSTILE }),
    );
    expect(html).not.toMatch(/<script|alert\('/);
  });

  it('runs no script and loads nothing', () => {
    expect(PAGE_HEADERS['content-security-policy']).toContain("default-src 'none'");
    expect(offerPage(aCode()) + unknownCodePage()).not.toMatch(/<script|src=/);
  });

  it('tells what to do when the code cannot be used', () => {
    expect(unknownCodePage()).toMatch(/ask the person who gave it to you/);
  });
});

describe('whose links and codes a caller sees', () => {
  const caller = (role: Principal['grants'][number]['role'], partnerId?: string): Principal => ({
    kind: 'person',
    id: 'person:1',
    grants: [{ programId: 'shop', role, partnerId }],
  });

  it('is anyone for staff', () => {
    expect(visiblePartner(caller('partner_manager'), 'shop', undefined)).toBeUndefined();
    expect(visiblePartner(caller('partner_manager'), 'shop', 'mira')).toBe('mira');
  });

  it('is only itself for a partner', () => {
    expect(visiblePartner(caller('partner', 'mira'), 'shop', undefined)).toBe('mira');
    expect(visiblePartner(caller('partner', 'mira'), 'shop', 'mira')).toBe('mira');
    expect(() => visiblePartner(caller('partner', 'mira'), 'shop', 'noor')).toThrow('no such partner');
  });
});
