import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNumberMoney } from './number-money.ts';

/**
 * Fails when the domain or a use case holds money as a `number`: an amount is a `bigint` of minor units from the border
 * inwards (design.md, Words), because a double loses cents above 2^53 and rounds where nobody chose to.
 * `node test/support/check-money-types.ts [folder of the repository]` exits 1 and names each offending place.
 */

const root = process.argv[2] ?? join(import.meta.dirname, '../..');
const FOLDERS = ['shared/domain', 'shared/application'];

/** Each by path and name, with the reason; one that is not needed any more fails the check too. */
const EXEMPT: Readonly<Record<string, string>> = {};

const paths = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
  globSync(`${folder}/**/*.ts`, { cwd: root }),
);
const used = new Set<string>();
let findings = 0;
for (const path of paths.sort()) {
  for (const { line, name, rule } of findNumberMoney(readFileSync(join(root, path), 'utf8'))) {
    const key = `${path}#${name}`;
    used.add(key);
    if (EXEMPT[key] !== undefined) continue;
    findings += 1;
    console.error(`${path}:${line}: ${name} ${rule}: make it a bigint of minor units`);
  }
}
for (const key of Object.keys(EXEMPT).filter((one) => !used.has(one))) {
  findings += 1;
  console.error(`${key} is exempt and needs no exemption any more: take it off the list`);
}
if (paths.length === 0) console.error('The check saw no files: it would pass whatever held money.');
console.log(`${paths.length} files, ${findings} places that hold money as a number`);
process.exitCode = paths.length > 0 && findings === 0 ? 0 : 1;
