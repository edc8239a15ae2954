/**
 * `npm run mutation`: changes the money core in small ways and runs its own tests on each. A change that none notices is a
 * rule that no test holds; below 90 % of them noticed it fails.
 */

const MONEY = [
  'money',
  'minor-units',
  'convert-money',
  'split-credit',
  'paid-share',
  'instant',
  'calendar',
  'facts',
  'mature-facts',
  'first-purchase',
];
const TERMS = [
  'terms',
  'window',
  'sale',
  'caps',
  'rate-rules',
  'component-*',
  'adjustment',
  'write-off',
  'reattribution',
];
const STATEMENT = [
  'pay-*',
  'weigh-statement',
  'period-lines',
  'claw-back',
  'earned-lines',
  'open-statement',
  'statement-context',
  'compute-*',
  'calculation-of',
  'canonical-statement',
];
const LEDGER = ['journal', 'payout', 'merkle'];
/** What shares an amount out beside the statements: what comes off a basket, whose influence a sale was. */
const SHARED_OUT = ['discount', 'influence'];
const PERIOD = ['payout-run', 'admit-opening', 'run-summary', 'ageing', 'simulation'];

const OUT = '.build/mutation';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  mutate: [...MONEY, ...TERMS, ...STATEMENT, ...LEDGER, ...PERIOD, ...SHARED_OUT].map(
    (name) => `shared/domain/*/${name}.ts`,
  ),
  // TypeScript 7 has no compiler API that Stryker knows: it must find no configuration to rewrite.
  tsconfigFile: 'test/mutation/no-such-tsconfig.json',
  ignorePatterns: [
    '/.local',
    '/cdk.out',
    '/coverage',
    '/infra',
    '/functions',
    '/test/e2e',
    '/test/infra',
    '/test/bench',
  ],
  concurrency: 2,
  coverageAnalysis: 'perTest',
  // Only what changed since the last run on this machine is run again.
  incremental: true,
  incrementalFile: `${OUT}/incremental.json`,
  tempDirName: `${OUT}/sandbox`,
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  htmlReporter: { fileName: `${OUT}/report.html` },
  jsonReporter: { fileName: `${OUT}/report.json` },
  clearTextReporter: { allowColor: false, reportTests: false, reportMutants: true },
  thresholds: { high: 95, low: 90, break: 90 },
  // Generous, because a busy machine must not count a slow mutant as noticed.
  timeoutMS: 10_000,
};
