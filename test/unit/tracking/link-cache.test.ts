import { describe, expect, it } from 'vitest';
import type { Link } from '#shared/application/tracking/ports';
import { makeLinkCache } from '#shared/application/tracking/redirect/link-cache';
import { aLink } from '#test/support/builders/referrals';

const FRESH_MS = 30_000;

function aCache(read: (slug: string) => Promise<Link | undefined>, freshMs = FRESH_MS) {
  let now = 0;
  let reads = 0;
  const find = makeLinkCache({
    read: (slug) => {
      reads += 1;
      return read(slug);
    },
    clock: () => now,
    freshMs,
  });
  return { find, reads: () => reads, wait: (ms: number) => (now += ms) };
}

describe('links in memory', () => {
  it('answer without any call, and without waiting, once read', async () => {
    const cache = aCache(async () => aLink());
    expect(await cache.find('spring')).toMatchObject(aLink());
    expect(cache.find('spring')).toMatchObject(aLink());
    expect(cache.reads()).toBe(1);
  });

  it('are read once for a thousand misses at once', async () => {
    const cache = aCache(async () => aLink());
    const found = await Promise.all(Array.from({ length: 1_000 }, () => cache.find('spring')));
    expect(found.every((link) => typeof link === 'object')).toBe(true);
    expect(cache.reads()).toBe(1);
  });

  it('are read again when no longer fresh', async () => {
    let link = aLink();
    const cache = aCache(async () => link);
    await cache.find('spring');
    link = aLink({ destination: 'https://shop.example/moved' });
    cache.wait(FRESH_MS - 1);
    expect(await cache.find('spring')).toMatchObject({ destination: aLink().destination });
    cache.wait(1);
    expect(await cache.find('spring')).toMatchObject({ destination: 'https://shop.example/moved' });
  });

  it('are read again within a minute, however long configuration may be remembered', async () => {
    let link = aLink();
    const cache = aCache(async () => link, 3_600_000);
    await cache.find('spring');
    link = aLink({ status: 'paused' });
    cache.wait(60_000);
    expect(await cache.find('spring')).toMatchObject({ status: 'paused' });
  });

  it('remember an unknown slug for some seconds, so that a scan cannot hammer the table', async () => {
    const cache = aCache(async () => undefined);
    for (let attempt = 0; attempt < 100; attempt += 1) expect(await cache.find('none')).toBe('unknown');
    expect(cache.reads()).toBe(1);
    cache.wait(5_000);
    await cache.find('none');
    expect(cache.reads()).toBe(2);
  });

  it('are still answered when the table is down, asking rarely', async () => {
    let isDown = false;
    const cache = aCache(async () => (isDown ? Promise.reject(new Error('down')) : aLink()));
    await cache.find('spring');
    isDown = true;
    cache.wait(FRESH_MS);
    for (let attempt = 0; attempt < 10; attempt += 1) expect(await cache.find('spring')).toMatchObject(aLink());
    expect(cache.reads()).toBe(2);
    expect(await cache.find('cold')).toBe('unavailable');
  });

  it('are not pushed out by a scan of made-up slugs', async () => {
    const cache = aCache(async (slug) => (slug === 'spring' ? aLink() : undefined));
    await cache.find('spring');
    for (let index = 0; index < 20_000; index += 1) await cache.find(`scan-${index}`);
    const reads = cache.reads();
    expect(await cache.find('spring')).toMatchObject(aLink());
    expect(cache.reads()).toBe(reads);
  });

  it('are bounded: the oldest goes first', async () => {
    const cache = aCache(async (slug) => aLink({ slug }));
    for (let index = 0; index <= 10_000; index += 1) await cache.find(`link-${index}`);
    await cache.find('link-10000');
    expect(cache.reads()).toBe(10_001);
    await cache.find('link-0');
    expect(cache.reads()).toBe(10_002);
  });

  it('are read at most a hundred at once, and a flood of unknown slugs soon costs no more reads', async () => {
    let answer = (_link: Link | undefined): void => {};
    const held = new Promise<Link | undefined>((resolve) => {
      answer = resolve;
    });
    const cache = aCache((slug) => (slug === 'spring' ? Promise.resolve(aLink()) : held));
    await cache.find('spring');
    const asked = Array.from({ length: 1_000 }, (_, index) => cache.find(`scan-${index}`));
    expect(cache.reads()).toBe(101);
    expect(asked.filter((found) => found === 'unavailable')).toHaveLength(900);
    expect(cache.find('spring')).toMatchObject(aLink());
    answer(undefined);
    await Promise.all(asked);
    for (let index = 0; index < 1_000; index += 1) await cache.find(`more-${index}`);
    expect(cache.reads()).toBe(201);
    cache.wait(1_000);
    expect(await cache.find('more-999')).toBe('unknown');
  });

  it('already known are read again also in a flood, so that a pause is not late', async () => {
    let link = aLink();
    const cache = aCache(async (slug) => (slug === 'spring' ? link : undefined));
    await cache.find('spring');
    link = aLink({ status: 'paused' });
    cache.wait(FRESH_MS);
    for (let index = 0; index < 300; index += 1) await cache.find(`scan-${index}`);
    expect(await cache.find('summer')).toBe('unavailable');
    expect(await cache.find('spring')).toMatchObject({ status: 'paused' });
  });
});
