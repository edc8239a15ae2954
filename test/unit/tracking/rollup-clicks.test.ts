import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLogEvents } from '#shared/adapters/log-subscription';
import { clickLine } from '#shared/application/tracking/clicks/click-line';
import type { ClickToCount } from '#shared/application/tracking/clicks/click-ports';
import { makeRollupClicks } from '#shared/application/tracking/clicks/rollup-clicks';
import { makeLinkPartners } from '#shared/application/tracking/links/link-partners';
import { aClick, aLink } from '#test/support/builders/referrals';
import { aProgram, makeFakePrograms } from '#test/support/fakes/programs';
import { makeFakeLinks } from '#test/support/fakes/tracking';

const NOW = Date.parse('2026-01-15T20:00:00Z');
const DAY_MS = 86_400_000;

function aRollup(given: { readonly timeZone?: string; readonly windowDays?: number } = {}) {
  const told: ClickToCount[] = [];
  const warnings: unknown[] = [];
  const { attribution, ...program } = aProgram({ timeZone: given.timeZone ?? 'Europe/London' });
  const rollup = makeRollupClicks({
    rollups: { count: async (clicks) => told.push(...clicks) && clicks.length },
    programs: makeFakePrograms({
      ...program,
      attribution: { ...attribution, windowDays: given.windowDays ?? attribution.windowDays },
    }),
    partnerOf: async (_programId, slug) => (slug === 'spring' ? 'mira' : undefined),
    clock: () => NOW,
    log: { info: () => {}, warn: (...it: unknown[]) => void warnings.push(it), error: () => {} },
  });
  return { rollup, told, warnings };
}

describe('rolling up a delivery of log lines', () => {
  it('hands on each click as it was written, with its day, its partner and how long it is kept', async () => {
    const { rollup, told, warnings } = aRollup({ timeZone: 'Asia/Kolkata', windowDays: 30 });
    const clicks = [
      aClick({ clickId: 'early', at: Date.parse('2026-01-15T18:29:59.999Z'), isPaidSearch: true, subs: ['a'] }),
      aClick({ clickId: 'late', at: Date.parse('2026-01-15T18:30:00Z'), kind: 'bot', country: 'DE' }),
      aClick({ clickId: 'gone', at: NOW, slug: 'no-such-link' }),
    ];
    expect(await rollup(clicks.map(clickLine))).toEqual({ counted: 3, unread: 0 });
    const kept = (at: number) => at + 30 * DAY_MS;
    expect(told).toEqual([
      { ...clicks[0], day: '2026-01-15', partnerId: 'mira', keptUntil: kept(clicks[0]?.at ?? 0) },
      { ...clicks[1], day: '2026-01-16', partnerId: 'mira', keptUntil: kept(clicks[1]?.at ?? 0) },
      { ...clicks[2], day: '2026-01-16', partnerId: undefined, keptUntil: kept(NOW) },
    ]);
    expect(warnings).toEqual([]);
  });

  it('keeps a click for three weeks at least, so that a dead letter is recognised', async () => {
    const { rollup, told } = aRollup({ windowDays: 1 });
    await rollup([clickLine(aClick({ at: NOW - 20 * DAY_MS }))]);
    expect(told[0]?.keptUntil).toBe(NOW + DAY_MS);
  });

  it('counts the clicks of a programme that is not there by the day of UTC', async () => {
    const { rollup, told } = aRollup();
    await rollup([clickLine(aClick({ programId: 'elsewhere', at: NOW }))]);
    expect(told[0]).toMatchObject({ programId: 'elsewhere', day: '2026-01-15' });
  });

  it('does not count what is older than a counted click is known, or from the future; both are reported', async () => {
    const { rollup, told, warnings } = aRollup({ windowDays: 30 });
    const at = (ms: number) => clickLine(aClick({ at: ms }));
    const lines = [at(NOW - 30 * DAY_MS), at(NOW - 30 * DAY_MS + 1), at(NOW + DAY_MS), at(NOW + DAY_MS + 1), 'START'];
    expect(await rollup(lines)).toEqual({ counted: 2, unread: 3 });
    expect(told.map((click) => click.at)).toEqual([NOW - 30 * DAY_MS + 1, NOW + DAY_MS]);
    expect(warnings).toEqual([['log lines that are no clicks', { unread: 3, damaged: 1, ahead: 1, tooOld: 1 }]]);
  });

  it('loses no good line beside damaged ones, and says nothing of what was in those', async () => {
    const good = clickLine(aClick({ at: NOW }));
    const damaged = fc.oneof(
      fc.string(),
      fc.json(),
      fc.integer({ min: 1, max: good.length - 3 }).map((length) => good.slice(0, length)),
      fc
        .constantFrom('t', 's', 'p', 'i', 'v')
        .map((name) => JSON.stringify({ ...JSON.parse(good), [name]: '# secret' })),
      fc.constant(good.replace(String(NOW), '1e300')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(damaged, { maxLength: 5 }), fc.nat(5), async (lines, at) => {
        const { rollup, warnings } = aRollup();
        expect(await rollup(lines.toSpliced(at, 0, good))).toEqual({ counted: 1, unread: lines.length });
        expect(warnings).toHaveLength(lines.length === 0 ? 0 : 1);
        expect(JSON.stringify(warnings)).not.toContain('secret');
      }),
    );
  });

  it('fails as a whole when settings cannot be read, so that the delivery comes again', async () => {
    const rollup = makeRollupClicks({
      rollups: { count: async () => 0 },
      programs: { ...makeFakePrograms(), get: () => Promise.reject(new Error('table down')) },
      partnerOf: async () => undefined,
      clock: () => NOW,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    await expect(rollup([clickLine(aClick({ at: NOW }))])).rejects.toThrow('table down');
  });
});

describe("a delivery's envelope", () => {
  const wrap = (delivery: unknown): string => gzipSync(JSON.stringify(delivery)).toString('base64');

  it('gives each line, an empty one for an event without text', () => {
    const logEvents = [{ id: '1', message: 'a' }, { id: '2' }, null, { id: '4', message: 7 }, { message: 'b' }];
    expect(decodeLogEvents(wrap({ messageType: 'DATA_MESSAGE', logEvents }))).toEqual(['a', '', '', '', 'b']);
  });

  it('gives none for the message that tests a subscription', () => {
    expect(decodeLogEvents(wrap({ messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL' }] }))).toEqual([]);
  });
});

describe('whose a link is', () => {
  it('is read once, and only for links of the programme', async () => {
    const links = makeFakeLinks();
    await links.add(aLink());
    let reads = 0;
    const partnerOf = makeLinkPartners({ find: (slug) => Promise.resolve(reads++).then(() => links.find(slug)) });
    expect([await partnerOf('shop', 'spring'), await partnerOf('shop', 'spring')]).toEqual(['mira', 'mira']);
    expect(reads).toBe(1);
    expect(await partnerOf('another', 'spring')).toBeUndefined();
    expect(await partnerOf('shop', 'nowhere')).toBeUndefined();
  });
});
