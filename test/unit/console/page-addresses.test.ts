import { expect, it } from 'vitest';
import { pages } from '#functions/console/pages/pages';

it('no two pages or forms of the console have one address or one name', () => {
  const addresses = pages.map(({ kind, path }) => `${kind} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  const names = pages.map(({ kind, name }) => `${kind} ${name}`);
  for (const all of [addresses, names]) expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
});
