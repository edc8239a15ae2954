import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod';
import { caseMismatches } from './check-vectors.ts';
import { type VectorCase, vectorFile } from './vector-file.ts';

/** `npm run vectors -- FILE`: exit 0 when every case came out equal, 1 when one did not, 2 when the file is unusable. */

const UNUSABLE = 2;

function readCases(file: string): readonly VectorCase[] | string {
  // npm changes to the repository; a relative name means the folder that the person is in.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return `Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = vectorFile.safeParse(content);
  return parsed.success ? parsed.data : `${file} is not a file of vectors:\n${z.prettifyError(parsed.error)}`;
}

function run(file: string | undefined): number {
  if (file === undefined) {
    console.error('Name a file of vectors: npm run vectors -- test/vectors/statements.json');
    return UNUSABLE;
  }
  const cases = readCases(file);
  if (typeof cases === 'string') {
    console.error(cases);
    return UNUSABLE;
  }
  let failed = 0;
  for (const vector of cases) {
    const mismatches = caseMismatches(vector);
    if (mismatches.length > 0) failed += 1;
    for (const mismatch of mismatches) console.log(`${vector.name}: ${mismatch}`);
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = run(process.argv[2]);
