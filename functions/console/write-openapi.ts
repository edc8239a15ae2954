import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openapiText } from '#functions/console/openapi-document';

/** `npm run openapi` writes functions/console/openapi.json; with `--check` it only says whether the file is up to date. */
const file = join(import.meta.dirname, 'openapi.json');
const text = openapiText();
const isCurrent = existsSync(file) && readFileSync(file, 'utf8') === text;

if (isCurrent) {
  console.log('openapi.json says what the contracts say.');
} else if (process.argv.includes('--check')) {
  console.error('openapi.json does not say what the contracts say. Run "npm run openapi" and commit the file.');
  process.exitCode = 1;
} else {
  writeFileSync(file, text);
  console.log(`Wrote ${file}`);
}
