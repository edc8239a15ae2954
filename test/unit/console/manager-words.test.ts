import { describe, expect, it } from 'vitest';
import { termsOf } from '#console/manager/terms-fields';
import {
  changeWords,
  countChangeWords,
  shortPeriod,
  targetOf,
  withDays,
} from '#functions/console/manager/manager-words';
import { readForm } from '#functions/console/web/form';
import { makeFormat } from '#functions/console/web/format';

const format = makeFormat('en-GB', 'Europe/London');
const AGAINST = 'in May 2026';

describe('what managers read', () => {
  it('says a change in words beside its arrow, and that there was nothing to compare with', () => {
    expect(changeWords(format, 1_234, AGAINST)).toBe('▲ 12.34% more than in May 2026');
    expect(changeWords(format, -5_000, AGAINST)).toBe('▼ 50% less than in May 2026');
    expect(changeWords(format, 0, AGAINST)).toBe('As much as in May 2026');
    expect(changeWords(format, undefined, AGAINST)).toBe('Nothing to compare with: none in May 2026');
    expect(countChangeWords(format, -2, AGAINST)).toBe('▼ 2 fewer than in May 2026');
  });

  it('leads from a worry to where it is dealt with, whatever the id', () => {
    expect(targetOf('shop', 'a:b', 'holds')[1]).toBe('/console/programs/shop/holds?partnerId=a%3Ab');
    expect(targetOf('shop', 'a:b', 'payee')[1]).toBe('/console/programs/shop/partners/a%3Ab/payee');
  });
});

describe('days and months that managers read', () => {
  it('are those of the programme, as the reader writes them', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      const there = makeFormat('en-GB', zone);
      expect(withDays(there, 'It ends on 2026-12-02.')).toBe('It ends on 2 Dec 2026.');
    }
    expect(shortPeriod(format, '2026-11')).toBe('Nov 2026');
  });
});

describe('the form of terms', () => {
  const read = async (values: Record<string, string>) => {
    const body = new TextEncoder().encode(new URLSearchParams({ planVersion: '2', ...values }).toString());
    return termsOf(await readForm('application/x-www-form-urlencoded', body), 'Europe/London');
  };

  it('begins with the day where the programme is, and leaves out what was left empty', async () => {
    const sent = JSON.parse(JSON.stringify(await read({ startsAt: '2026-06-01', renewal: '', termMonths: '' })));
    expect(sent).toEqual({ startsAt: '2026-05-31T23:00:00.000Z', planVersion: 2 });
  });

  it('takes exclusivity as people write it, and asks for what is missing of it', async () => {
    const given = { startsAt: '2026-06-01', exclusivity: 'geography' };
    expect((await read({ ...given, exclusiveFor: ' gb, fr,' })).exclusivity).toMatchObject({ countries: ['GB', 'FR'] });
    await expect(read(given)).rejects.toMatchObject({ field: 'exclusiveFor' });
    await expect(read({ startsAt: '1 June' })).rejects.toMatchObject({ field: 'startsAt' });
  });

  it('counts without acceptance only where there is a text to be accepted', async () => {
    expect((await read({ startsAt: '2026-06-01', countsAtOnce: 'yes' })).requiresAcceptance).toBeUndefined();
    expect((await read({ startsAt: '2026-06-01', countsAtOnce: 'yes', text: 'Words' })).requiresAcceptance).toBe(false);
  });
});
