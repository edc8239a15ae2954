import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utmTemplatesSchema } from '#shared/contracts/tracking/utm';
import { fillUtm, resolveUtm, UTM_NAMES } from '#shared/domain/tracking/utm';

const LINK = { partnerId: 'mira', slug: 'spring-sale', campaign: 'May & June' };
const none = () => null;

describe('UTM templates', () => {
  it("take the link's own over the programme's, and an empty one away", () => {
    const defaults = { source: 'tallystick', medium: 'affiliate', campaign: '{campaign}' };
    expect(resolveUtm(defaults, { medium: '', term: '{slug}', content: '{partnerId}-{sub1}' }, LINK)).toBe(
      'utm_source=tallystick&utm_campaign=May%20%26%20June&utm_term=spring-sale&utm_content=mira-{sub1}',
    );
    expect(resolveUtm({ campaign: '{campaign}' }, {}, { ...LINK, campaign: undefined })).toBe('');
  });

  it('are known by their placeholders', () => {
    expect(utmTemplatesSchema.safeParse({ source: '{partnerId}{slug}{campaign}{sub5}' }).success).toBe(true);
    for (const source of ['{sub6}', '{email}', '{', 'a}', '{{slug}}', '{ slug}', 'a\nb']) {
      expect(utmTemplatesSchema.safeParse({ source }).success).toBe(false);
    }
    expect(utmTemplatesSchema.safeParse({ id: 'x' }).success).toBe(false);
  });

  it('fill a placeholder once: a campaign or sub-id that looks like one stays text', () => {
    const resolved = resolveUtm({ campaign: '{campaign}', content: '{sub1}' }, {}, { ...LINK, campaign: '{sub1}' });
    const filled = fillUtm(resolved, 'https://shop.example/', () => '{sub1}&x=$1');
    expect(new URLSearchParams(filled).getAll('utm_campaign')).toEqual(['{sub1}']);
    expect(new URLSearchParams(filled).getAll('utm_content')).toEqual(['{sub1}&x=$1']);
  });

  it('leave away what stays empty, and what the destination says itself', () => {
    expect(fillUtm('utm_source=a&utm_content={sub1}', 'https://shop.example/', none)).toBe('utm_source=a');
    expect(fillUtm('utm_source=a&utm_medium=b', 'https://shop.example/?utm_source=own', none)).toBe('utm_medium=b');
    expect(fillUtm('utm_source=a', 'https://shop.example/?x_utm_source=own', none)).toBe('utm_source=a');
  });

  it('are encoded, whatever they hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(text, text, fc.constantFrom(...UTM_NAMES), (campaign, sub, name) => {
        const resolved = resolveUtm({ [name]: 'a{campaign}b{sub1}' }, {}, { ...LINK, campaign });
        const filled = fillUtm(resolved, 'https://shop.example/?q=1', () => sub);
        expect(filled).toMatch(/^utm_[a-z]+=[A-Za-z0-9\-_.!~*'()%]*$/);
        const read = new URLSearchParams(filled).get(`utm_${name}`);
        expect(read).toBe(`a${campaign.toWellFormed()}b${sub.toWellFormed()}`);
      }),
      { numRuns: 300 },
    );
  });
});
