import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseMismatches } from '#test/support/check-vectors';
import { vectorFile } from '#test/support/vector-file';

const folder = join(import.meta.dirname, '../../vectors');

describe.each(['statements.json', 'statements-random.json', 'rules.json'])('the worked cases of %s', (name) => {
  const cases = vectorFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));

  it.each(cases.map((vector) => ({ ...vector, title: vector.why ?? 'a generated history' })))(
    '$name: $title',
    (vector) => {
      expect(caseMismatches(vector)).toEqual([]);
    },
  );
});
