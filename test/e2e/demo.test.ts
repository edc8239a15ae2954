import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeApiClient } from '#infra/api-client';
import { importFacts } from '#infra/local/demo/load-online-retail';
import { readOnlineRetail } from '#infra/local/demo/online-retail';
import { eventually } from '#test/support/eventually';
import { freePort, type LocalStack, startLocalStack } from '#test/support/local-stack';
import { removeFolder } from '#test/support/remove-folder';
import { stackFolder } from '#test/support/stack-folder';

const root = join(import.meta.dirname, '../..');
const dataDir = stackFolder('tallystick-demo-');
let output = '';
let exitCode: number | null;

beforeAll(async () => {
  const child = spawn(
    'npm',
    ['start', '--silent', '--', '--demo', '--exit', '--data', dataDir, '--port', String(await freePort())],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  exitCode = await new Promise((resolve) => child.once('exit', resolve));
});
afterAll(() => removeFolder(dataDir));

/** Of all mails to somebody, sorted. */
function subjects(name: string, domain = 'partners.example'): readonly string[] {
  return globSync(join(dataDir, 'mail', '**/*.json'))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as { to: string[]; subject: string })
    .filter(({ to }) => to.includes(`${name}@${domain}`))
    .map(({ subject }) => subject.replaceAll('\u00a0', ' '))
    .sort();
}

describe('npm start -- --demo --exit', () => {
  it('ends with 0 because every check held', () => {
    expect(exitCode, output).toBe(0);
    expect(output).not.toContain('WRONG');
    expect(output.match(/ {2}ok {4}payables of the statements/g)).toHaveLength(2);
  });

  it('records every invoice and reports each cancellation that matches none by its number', () => {
    const data = readOnlineRetail();
    expect(output).toContain(
      `Recorded ${data.sales.length} sales and ${data.refunds.length} refunds; 0 were there before.`,
    );
    expect(data.unmatched.length).toBeGreaterThan(0);
    for (const number of data.unmatched) expect(output).toContain(number);
  });

  it('promotes the certified partners with enough referrals and tells each once', () => {
    const promoted = [...output.matchAll(/^ {2}(.+ agency) is certified from 2011-01-01/gm)].map((match) => match[1]);
    expect(new Set(promoted)).toEqual(new Set(['United Kingdom agency', 'Germany agency', 'France agency']));
    const promotions = subjects('united-kingdom').filter((subject) => subject.includes('tier Certified'));
    expect(promotions).toHaveLength(1);
  });

  it('tells partners of their money and their tier, each in its language', () => {
    expect(subjects('united-kingdom')).toHaveLength(5);
    // What its course earned may be told after the end.
    expect(subjects('germany').filter((subject) => !subject.startsWith('Bestanden'))).toEqual([
      'Ihre Abrechnung für Dezember 2010: 1.666,73 £ für Sie · Online Retail partners',
      'Ihre Abrechnung für Januar 2011: 594,13 £ für Sie · Online Retail partners',
      'Ihre Auszahlung über 1.666,73 £ ist freigegeben · Online Retail partners',
      'Ihre Auszahlung über 594,13 £ ist freigegeben · Online Retail partners',
      'Sie haben die Stufe Certified erreicht · Online Retail partners',
    ]);
    expect(output).toContain('Germany agency today: ');
  });

  it('tells finance and the approvers of each run that waits for them', () => {
    for (const email of ['finance', 'first.approver', 'second.approver']) {
      expect(subjects(email, 'tallystick.example').filter((subject) => subject.includes('wait'))).toHaveLength(2);
    }
  });

  it('leaves one bank file a month', () => {
    expect(globSync(join(dataDir, 's3', '**/pain.001-GBP.xml'))).toHaveLength(2);
  });
});

describe('after the demo', () => {
  let stack: LocalStack;
  let programId: string;
  beforeAll(async () => {
    stack = await startLocalStack([], dataDir);
    const { items } = await stack.as('admin').get<{ items: { programId: string }[] }>('/v1/programs');
    programId = items[0]!.programId;
  });
  afterAll(() => stack?.stop());

  it('takes the same import again without a new conversion', async () => {
    const report = await importFacts(stack.as('merchant_key'), programId, readOnlineRetail(), () => undefined);
    expect(report).toMatchObject({ conversions: 0, refunds: 0, refused: [] });
  });

  it('simulates the plan that was used to what was paid, to the unit, at once and in the background', async () => {
    type Amounts = { paidEarnedMinor: number; simulatedEarnedMinor: number; differenceMinor: number };
    type Result = { totals: Amounts[]; items: Amounts[]; mismatches: unknown[]; runIds: string[] };
    const finance = stack.as('finance');
    const path = `/v1/programs/${programId}`;
    const statements = await finance.list<{ earnedMinor: number }>(`${path}/statements`);
    const paid = statements.reduce((sum, { earnedMinor }) => sum + earnedMinor, 0);
    expect(paid).toBeGreaterThan(0);
    const months = { from: '2010-12', to: '2011-01' };
    const used: Result[] = [];
    for (const planVersion of [1, 'in_force']) {
      used.push(await finance.post<Result>(`${path}/simulations`, { planVersion, ...months }));
    }
    const { simulationId } = await finance.post<{ simulationId: string }>(`${path}/simulations`, {
      planVersion: 1,
      ...months,
      background: true,
    });
    used.push(
      await eventually(async () => {
        const { result } = await finance.get<{ result?: Result }>(`${path}/simulations/${simulationId}`);
        expect(result).toBeDefined();
        return result!;
      }),
    );
    for (const { totals, items, mismatches, runIds } of used) {
      expect(totals).toMatchObject([{ paidEarnedMinor: paid, simulatedEarnedMinor: paid, differenceMinor: 0 }]);
      expect(items.every(({ differenceMinor }) => differenceMinor === 0)).toBe(true);
      expect([mismatches, runIds.length]).toEqual([[], 2]);
    }
  });

  it('shows a partner its own statements and hides the others', async () => {
    const person = stack.endpoints.people.find((candidate) => candidate.role === 'partner');
    const germany = makeApiClient(stack.endpoints.apiUrl, person!.token);
    const statements = await germany.list<{ partnerId: string; state: string }>(`/v1/programs/${programId}/statements`);
    expect(new Set(statements.map((statement) => statement.partnerId))).toEqual(new Set(['germany']));
    expect(statements).toHaveLength(2);
    await expect(germany.get(`/v1/programs/${programId}/partners/france`)).rejects.toMatchObject({ status: 404 });
    await expect(germany.get(`/v1/programs/${programId}/payout-runs`)).rejects.toMatchObject({ status: 403 });
  });
});
