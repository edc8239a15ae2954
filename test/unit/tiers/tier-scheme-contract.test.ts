import { describe, expect, it } from 'vitest';
import { fieldErrors } from '#functions/runtime/field-errors';
import { setTierSchemeRoute } from '#shared/contracts/partners/tiers/set-tier-scheme';
import { tierSchemeJson, tierSchemeOf, tierSchemeSchema } from '#shared/contracts/partners/tiers/tier-scheme';
import { DEFAULT_TIER_SCHEME } from '#shared/domain/partner/tiers/tier-scheme';

const basic = { tier: 'basic' };
const referrals = (atLeast: number, withinMonths = 12) => ({ fact: 'qualified_referrals', atLeast, withinMonths });
const deep = (groups: number): unknown => (groups === 0 ? referrals(1) : { all: [deep(groups - 1)] });

function rulesOf(scheme: object): string[] {
  const { error } = setTierSchemeRoute.body.safeParse({ expectedVersion: 0, reason: 'why', ...scheme });
  return (error?.issues ?? []).flatMap((issue) => fieldErrors(issue)).map(({ pointer, rule }) => `${pointer} ${rule}`);
}
const requiring = (requires: unknown): string[] => rulesOf({ tiers: [basic, { tier: 'gold', requires }] });

describe('tiers as they are sent', () => {
  it('are the default where they say nothing, and come back as they were', () => {
    const sent = tierSchemeSchema.parse({ tiers: [basic] });
    expect(tierSchemeOf(sent)).toEqual({
      ...DEFAULT_TIER_SCHEME,
      tiers: [{ tier: 'basic', requires: { all: [] }, byInvitation: false }],
    });
    const again = tierSchemeSchema.parse(JSON.parse(JSON.stringify(tierSchemeJson(DEFAULT_TIER_SCHEME))));
    expect(tierSchemeOf(again)).toEqual(DEFAULT_TIER_SCHEME);
  });

  it('name each field that is wrong, where it stands and what it must be', () => {
    expect(requiring({ fact: 'clicks' })).toEqual([
      '/tiers/1/requires/fact must be one of: terms_accepted, qualified_referrals, partner_revenue, retention, certification, confirmation',
    ]);
    expect(
      requiring({ all: [referrals(0, 37), { any: [] }, 7, { all: [], fact: 'x' }, { fact: 'confirmation' }] }),
    ).toEqual([
      '/tiers/1/requires/all/0/atLeast must be at least 1',
      '/tiers/1/requires/all/0/withinMonths must be at most 36',
      '/tiers/1/requires/all/1/any must have at least 1 entry: none can be met',
      '/tiers/1/requires/all/2 must be a condition with its fact, or {"all": [...]} or {"any": [...]} of conditions',
      '/tiers/1/requires/all/3/fact must not stand beside all',
      '/tiers/1/requires/all/4/confirmation is missing',
    ]);
    expect(requiring({ any: 'all of it' })).toEqual(['/tiers/1/requires/any must be a list of conditions']);
    expect(requiring({ all: Array.from({ length: 11 }, () => referrals(1)) })).toEqual([
      '/tiers/1/requires/all must have at most 10 entries',
    ]);
    expect(rulesOf({ tiers: [{ tier: 'Gold' }], graceDays: 400, extra: true })).toEqual([
      '/tiers/0/tier must be a lower-case name such as certified',
      '/graceDays must be at most 366',
      '/extra is not a known field',
    ]);
    expect(rulesOf({ tiers: [] })).toEqual(['/tiers must have at least 1 item']);
  });

  it('are as deep as a person can follow, and no deeper', () => {
    expect(requiring(deep(3))).toEqual([]);
    expect(requiring(deep(4))).toEqual(['/tiers/1/requires/all/0/all/0/all/0/all must not lie deeper than 3 groups']);
    expect(requiring(deep(4_000))).toHaveLength(1);
  });

  it('have names of their own, invitations above all others, and a warning within the grace', () => {
    expect(rulesOf({ tiers: [basic, { ...basic, requires: { all: [] } }] })).toEqual([
      '/tiers/1/tier must be another name than that of tier 1',
    ]);
    expect(
      rulesOf({ tiers: [basic, { tier: 'house', byInvitation: true }, { tier: 'gold', requires: { all: [] } }] }),
    ).toEqual(['/tiers/2/byInvitation must be true above a tier by invitation: no review leads past that']);
    expect(rulesOf({ tiers: [{ tier: 'house', byInvitation: true, requires: referrals(1) }] })).toEqual([
      '/tiers/0/byInvitation must be false: no review could lead anywhere',
      '/tiers/0/requires must be left out of a tier by invitation: no review looks at it',
    ]);
    expect(rulesOf({ tiers: [basic], graceDays: 7 })).toEqual(['/warnAgainDays must be less than the graceDays, 7']);
    expect(rulesOf({ tiers: [basic], graceDays: 8 })).toEqual([]);
  });

  it('say of each tier above the lowest what it asks for, also when it is nothing', () => {
    expect(rulesOf({ tiers: [basic, { tier: 'gold' }, { tier: 'house', byInvitation: true }] })).toEqual([
      '/tiers/1/requires must say what the tier asks for; {"all": []} lets reviews raise everybody to it',
    ]);
    expect(requiring({ all: [] })).toEqual([]);
    // What was stored stays readable.
    expect(tierSchemeSchema.safeParse({ tiers: [basic, { tier: 'gold' }] }).success).toBe(true);
  });

  it('ask for no more different things than a review measures every night', () => {
    const asking = (tier: string, first: number) => ({
      tier,
      requires: { all: Array.from({ length: 10 }, (_, index) => referrals(first + index)) },
    });
    const three = [basic, asking('a', 1), asking('b', 11), asking('c', 21)];
    expect(rulesOf({ tiers: three })).toEqual([]);
    // The same thing twice is one.
    expect(rulesOf({ tiers: [...three, asking('d', 1)] })).toEqual([]);
    expect(rulesOf({ tiers: [...three, asking('d', 30)] })).toEqual([
      '/tiers must ask for at most 30 different things together',
    ]);
  });
});
