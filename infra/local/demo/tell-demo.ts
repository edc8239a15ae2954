import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiClient, makeApiClient } from '../../api-client.ts';
import { progressBar } from '../../progress-bar.ts';
import { checkMoney } from './check-money.ts';
import { type ImportReport, importFacts, setUpProgram } from './load-online-retail.ts';
import { type OnlineRetail, readOnlineRetail } from './online-retail.ts';
import { amountTable, wrapped } from './print.ts';
import { nameReaders } from './readers.ts';
import { approveRun, openRun, type Run, waitForRun } from './runs.ts';
import type { Endpoints } from './sign-in.ts';
import { passCourse, progressNow, promotions } from './tier-story.ts';

export type Stage = {
  readonly endpoints: Endpoints;
  readonly dataDir: string;
  readonly full: boolean;
  /** Tell the end of a run that people decide later. */
  readonly watch: boolean;
  readonly say: (text: string) => void;
};

type Statement = {
  statementId: string;
  partnerId: string;
  earnedMinor: number;
  clawbackMinor: number;
  payableMinor: number;
  closingBalanceMinor: number;
};

const markerSchemaVersion = 1;
const MONTHS = ['2010-12', '2011-01'] as const;
const ENDED = ['completed', 'completed_with_failures', 'rejected', 'expired', 'failed'];
const WATCH_MS = 2_000;

/**
 * The story of a real month: import, close December 2010, wait for finance; with `full` also approve it with two
 * people and go on to January. Every step can be repeated, so a killed demo goes on where it stopped.
 * @returns whether every check held
 */
export async function tellDemo(stage: Stage): Promise<boolean> {
  const data = readOnlineRetail();
  const merchant = makeApiClient(stage.endpoints.apiUrl, stage.endpoints.apiKeys.merchant);
  const programId = await loadOnce(stage, data, merchant);
  tellWhereToLook(stage, programId);
  return stage.full ? tellBothMonths(stage, programId) : tellDecember(stage, programId);
}

/** Shows the newest run; one that waits for a decision is watched, so that its end is told when it comes. */
async function tellDecember(stage: Stage, programId: string): Promise<boolean> {
  const finance = as(stage, 'finance');
  const [newest] = await finance.list<Run>(`/v1/programs/${programId}/payout-runs`);
  if (newest && ENDED.includes(newest.status)) {
    stage.say(
      `Run ${newest.runId} is ${newest.status}. The next month is closed by --demo, or by POST .../payout-runs.`,
    );
    return true;
  }
  const run = await review(stage, programId, newest?.period ?? MONTHS[0]);
  if (run.status !== 'awaiting_decision') return close(stage, programId, run);
  tellHowToApprove(stage, programId, run);
  if (stage.watch) void watch(stage, programId, run);
  return true;
}

async function tellBothMonths(stage: Stage, programId: string): Promise<boolean> {
  let held = true;
  for (const period of MONTHS) {
    const run = await review(stage, programId, period);
    if (run.status === 'awaiting_decision') await approveAsTwo(stage, programId, run);
    else stage.say(`Run ${run.runId} is ${run.status}.`);
    held = run.status !== 'rejected' && (await close(stage, programId, run)) && held;
  }
  await tellTheWayUp(stage, programId);
  return held;
}

/** What partners read about their tier: in the mailbox, in their inbox and when they ask. */
async function tellTheWayUp(stage: Stage, programId: string): Promise<void> {
  const { say, endpoints, dataDir } = stage;
  const manager = as(stage, 'partner_manager');
  await passCourse(manager, as(stage, 'partner'), programId);
  say(`\n${await progressNow(manager, programId)}`);
  say(`Its mails are in German, with a certificate that it has just earned: ${endpoints.mailboxUrl}`);
  say('Its inbox has the same:\n');
  say(
    `  curl -s ${endpoints.apiUrl}/v1/programs/${programId}/partners/germany/inbox -H ${bearer(dataDir, 'germany@partners.example')}`,
  );
}

/** Until people have decided, however long that takes; ends with the process. */
async function watch(stage: Stage, programId: string, run: Run): Promise<void> {
  const finance = as(stage, 'finance');
  for (;;) {
    await pause(WATCH_MS, undefined, { ref: false });
    const { status } = await finance.get<Run>(`/v1/programs/${programId}/payout-runs/${run.runId}`).catch(() => run);
    if (!ENDED.includes(status)) continue;
    stage.say(`\nRun ${run.runId} is ${status}.`);
    if (status.startsWith('completed')) await close(stage, programId, run);
    return;
  }
}

function tellWhereToLook({ endpoints, say }: Stage, programId: string): void {
  say(
    `Programme ${programId}. A partner's link: ${endpoints.apiUrl}/r/retail-germany   its code's page: ${endpoints.apiUrl}/c/RETAILGERMANY`,
  );
}

async function loadOnce(stage: Stage, data: OnlineRetail, merchant: ApiClient): Promise<string> {
  const marker = join(stage.dataDir, 'demo.json');
  if (existsSync(marker)) {
    const stored = JSON.parse(readFileSync(marker, 'utf8')) as { version: number; programId: string };
    if (stored.version === markerSchemaVersion) return stored.programId;
  }
  const { say } = stage;
  say(
    `Online Retail: ${data.sales.length + data.refunds.length + data.unmatched.length} invoices of ${data.partners.length} countries, a partner each: ` +
      `${data.sales.length} sales, ${data.refunds.length} cancellations of one, ${data.unmatched.length} of none.`,
  );
  const programId = await setUpProgram(as(stage, 'admin'), data);
  await nameReaders(as(stage, 'admin'), programId, stage.endpoints.people);
  const bar = progressBar(data.sales.length + data.refunds.length, 'facts');
  const report = await importFacts(merchant, programId, data, bar.update);
  bar.stop();
  tellImport(say, data, report);
  writeFileSync(marker, JSON.stringify({ version: markerSchemaVersion, programId }));
  return programId;
}

function tellImport(say: Stage['say'], data: OnlineRetail, report: ImportReport): void {
  say(`Recorded ${report.conversions} sales and ${report.refunds} refunds; ${report.duplicates} were there before.`);
  for (const refused of report.refused) say(`  refused: ${refused}`);
  say(`${data.unmatched.length} cancellations match no earlier invoice that is large enough; nobody guessed:`);
  say(wrapped(data.unmatched));
}

/** Closes the period, or finds its run, and shows what finance would look at. */
async function review(stage: Stage, programId: string, period: string): Promise<Run> {
  const finance = as(stage, 'finance');
  const opened = await openRun(finance, programId, period);
  stage.say(`\nRun ${opened}: ${period} is closed, a later fact falls into the next open month ...`);
  const run = await waitForRun(finance, programId, opened, [
    'awaiting_decision',
    'completed',
    'completed_with_failures',
    'rejected',
  ]);
  const statements = await finance.list<Statement>(`/v1/programs/${programId}/statements?period=${period}&limit=200`);
  stage.say(
    amountTable(
      ['Partner', 'Commission', 'Clawback', 'Payable', 'Carried'],
      statements
        .toSorted((a, b) => b.earnedMinor - a.earnedMinor)
        .map((s) => [s.partnerId, s.earnedMinor, s.clawbackMinor, s.payableMinor, s.closingBalanceMinor]),
    ),
  );
  return run;
}

function tellHowToApprove(stage: Stage, programId: string, run: Run): void {
  const { say, endpoints, dataDir } = stage;
  const url = `${endpoints.apiUrl}/v1/programs/${programId}/payout-runs/${run.runId}/decisions`;
  say(`\nRun ${run.runId} waits for two people. What they approve is exactly this content:\n  ${run.contentHash}`);
  say(`Finance and both approvers are told by mail: ${endpoints.mailboxUrl}`);
  say('Approve it as each of the two approvers, in the console:');
  say(`  ${endpoints.consoleUrl}/programs/${programId}/runs/${run.runId}\n`);
  say('or from here:\n');
  for (const person of endpoints.people.filter((candidate) => candidate.role === 'approver')) {
    say(
      [
        `  curl -sX POST ${url} \\`,
        `    -H ${bearer(dataDir, person.email)} \\`,
        `    -H 'Content-Type: application/json' -d '{"decision":"approve","contentHash":"${run.contentHash}"}'\n`,
      ].join('\n'),
    );
  }
  say('Then start with --demo to see the money checked, or look for yourself at what became of it:\n');
  say(`  curl -s ${url.replace('/decisions', '')} -H ${bearer(dataDir, 'finance@tallystick.example')}`);
}

/** A header whose token a shell reads from the file: nothing secret is printed. */
function bearer(dataDir: string, email: string): string {
  const file = join(dataDir, 'endpoints.json');
  return `"Authorization: Bearer $(node -p "require('${file}').people.find(p => p.email === '${email}').token")"`;
}

async function approveAsTwo(stage: Stage, programId: string, run: Run): Promise<void> {
  for (const person of stage.endpoints.people.filter((candidate) => candidate.role === 'approver')) {
    await approveRun(makeApiClient(stage.endpoints.apiUrl, person.token), programId, run);
    stage.say(`${person.email} approved ${run.contentHash?.slice(0, 12)}...`);
  }
}

/** Waits for the end of an approved run, checks the money three ways and tells where everything is. */
async function close(stage: Stage, programId: string, run: Run): Promise<boolean> {
  const finance = as(stage, 'finance');
  await waitForRun(finance, programId, run.runId, ['completed', 'completed_with_failures']);
  const checks = await checkMoney({ api: finance, programId, run });
  for (const { text, held } of checks) stage.say(`${held ? '  ok    ' : '  WRONG '}${text}`);
  stage.say(
    `Bank file: ${join(stage.dataDir, 's3')} and ${stage.endpoints.apiUrl}/v1/programs/${programId}/payout-runs/${run.runId}/bank-files/GBP`,
  );
  stage.say(`Mail to the partners: ${stage.endpoints.mailboxUrl}`);
  for (const line of await promotions(as(stage, 'partner_manager'), programId)) stage.say(line);
  return checks.every((check) => check.held);
}

function as(stage: Stage, role: string): ApiClient {
  const person = stage.endpoints.people.find((candidate) => candidate.role === role);
  if (!person) throw new Error(`endpoints.json names no ${role}`);
  return makeApiClient(stage.endpoints.apiUrl, person.token);
}
