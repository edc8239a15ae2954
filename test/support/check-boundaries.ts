import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';

/**
 * Fails on an import against the arrows of the house: infra -> functions -> shared/adapters -> shared/application ->
 * shared/domain; contracts may be used by all but the domain; nothing that is deployed imports infra or test.
 * `node test/support/check-boundaries.ts [folder of the repository]` exits 1 and names each offending import.
 */

const root = process.argv[2] ?? join(import.meta.dirname, '../..');
const FOLDERS = ['shared', 'functions', 'infra', 'test'];

const rules: IFlattenedRuleSet = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment: 'the domain is a pure function of its arguments: pass data, clock and ids in',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { pathNot: '^shared/domain/' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'a contract may use the domain and zod: whoever reads it must not inherit a use case or an adapter',
      severity: 'error',
      from: { path: '^shared/contracts/' },
      to: { path: '^(shared/(application|adapters)|functions|infra|test)/' },
    },
    {
      name: 'application-imports-domain-and-contracts',
      comment: 'a use case names what it needs as a port and is given it by its composition root',
      severity: 'error',
      from: { path: '^shared/application/' },
      to: { pathNot: '^(shared/(application|domain|contracts)/|node_modules/zod/)' },
    },
    {
      name: 'adapters-stop-at-the-application',
      comment: 'an adapter implements a port; entry points compose it',
      severity: 'error',
      from: { path: '^shared/adapters/' },
      to: { path: '^(functions|infra|test)/' },
    },
    {
      name: 'functions-know-no-infra',
      comment: 'nothing that is deployed knows how it is deployed or tested',
      severity: 'error',
      from: { path: '^functions/' },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'infra-knows-no-test',
      comment: 'what a person runs must not lean on test code',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: '^test/' },
    },
    {
      name: 'imports-resolve',
      comment: 'an import that resolves to nothing is checked by no rule',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
};

async function cruiseHouse(): Promise<ICruiseResult> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const { output } = await cruise(
    folders,
    {
      baseDir: root,
      ruleSet: rules,
      validate: true,
      // TypeScript 7 has no parser for the cruiser, which would silently see no modules at all.
      parser: 'swc',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)(dist|cdk\\.out|\\.local)/' },
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  );
  if (typeof output === 'string') throw new Error('the cruiser answered text instead of its result');
  return output;
}

const { summary } = await cruiseHouse();
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (summary.totalCruised === 0) console.error('The check saw no modules: it would pass whatever was imported.');
const isSound = summary.totalCruised > 0 && summary.violations.length === 0;
console.log(
  `${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} forbidden`,
);
process.exitCode = isSound ? 0 : 1;
