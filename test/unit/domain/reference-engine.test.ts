import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCaseHistory } from '#test/support/case-histories';
import { caseMismatches } from '#test/support/check-vectors';
import { referenceStatements } from '#test/support/reference-engine';
import { vectorFile } from '#test/support/vector-file';

const folder = join(import.meta.dirname, '../../vectors');

describe('the reference, written from the prose', () => {
  it.each(['statements.json', 'statements-random.json', 'rules.json'])('comes to every statement of %s', (name) => {
    for (const { name: title, history, statements } of vectorFile.parse(
      JSON.parse(readFileSync(join(folder, name), 'utf8')),
    )) {
      expect([title, referenceStatements(history)]).toEqual([title, statements]);
    }
  });

  it('agrees with the engine on any history of rules, caps, currencies and ended agreements', () => {
    fc.assert(
      fc.property(anyCaseHistory, (history) => {
        expect(caseMismatches({ name: 'generated', history, statements: [...referenceStatements(history)] })).toEqual(
          [],
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
