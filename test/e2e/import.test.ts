import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { removeFolder } from '#test/support/remove-folder';

const root = join(import.meta.dirname, '../..');
const invoices = readFileSync(join(root, 'test/data/chinook-invoices.csv'), 'utf8').trimEnd().split('\n');
const folder = mkdtempSync(join(tmpdir(), 'tallystick-import-'));

let stack: SharedStack;
let base: string;
beforeAll(async () => {
  stack = await sharedLocalStack();
  const { programId } = await stack.as('admin_key').post<{ programId: string }>('/v1/programs', {
    name: 'Music',
    currency: 'USD',
    timeZone: 'America/New_York',
    holdDays: 0,
    minimumPayoutMinor: 0,
    booksOpenFrom: '2021-01',
  });
  base = `/v1/programs/${programId}`;
  const components = [{ kind: 'revenue_share', id: 'share', ratesByTier: { referral: 1000 } }];
  await stack.as('admin_key').post(`${base}/plans`, { version: 1, components });
});
afterAll(() => removeFolder(folder));

type Ended = { code: number | null; said: string };

/** The command as a person runs it; `killAt`: it is killed once it has said this. */
function imports(file: string, args: readonly string[] = [], killAt?: string): Promise<Ended> {
  const programId = base.slice('/v1/programs/'.length);
  const command = ['infra/import.ts', '--program', programId, '--data', stack.dataDir, ...args, file];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said += String(chunk);
    if (killAt !== undefined && said.includes(killAt)) child.kill('SIGKILL');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}

function fileOf(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const ADA = 'ada,Ada,ada@partners.example,2021-01-01,1,referral,GB33BUKB20201555555555';
const SALES = ['--map', 'orderId=invoice_id', '--map', 'occurredAt=invoiced_at', '--set', 'partnerId=ada'];
const OPTIONS = [...SALES, '--ignore', 'country', '--ignore-others'];

describe('an import', () => {
  it('tries first, names every bad line with its rule, and sends nothing of a file that has one', async () => {
    const header = 'partner_id,name,email,starts_at,plan_version,tier,iban';
    const file = fileOf('partners.csv', [header, ADA, 'bob,Bob,bob.example,2021-01-01,2,referral,GB00']);
    const { code, said } = await imports(file, ['--apply']);
    expect(said).toContain('line 3 (bob): email must be an e-mail address');
    expect(said).toContain('line 3 (bob): iban must be an IBAN with the length of its country and valid check digits');
    expect(said).toContain('Nothing was sent');
    expect(code).toBe(1);
    expect(readFileSync(`${file}.report.csv`, 'utf8').split('\r\n')).toContain(
      '3,bob,email,must be an e-mail address,bad',
    );
    expect((await stack.as('admin_key').list(`${base}/partners`)).length).toBe(0);

    const sent = await imports(file, ['--apply', '--skip-bad']);
    expect(sent.said).toContain('1 partner recorded, 0 were there before, 0 refused.');
    expect(sent.code).toBe(1);
    expect((await imports(fileOf('ada.csv', [header, ADA]), ['--apply'])).said).toContain('1 were there before');
  });

  it('of real sales is a trial until it is applied, goes on where it was killed, and records nothing twice', async () => {
    const file = fileOf('sales.csv', invoices);
    const count = invoices.length - 1;
    const trial = await imports(file, OPTIONS);
    expect(trial.said).toContain(`${count} sales can be sent, 0 bad lines.`);
    expect(trial.said).toContain('nothing was sent');
    await imports(file, [...OPTIONS, '--apply'], '25 %');
    const went = await imports(file, [...OPTIONS, '--apply']);
    expect(went.said).toContain('it goes on from there');
    const [, recorded, repeated] = /(\d+) sales recorded, (\d+) were there before, 0 refused/.exec(went.said) ?? [];
    // What was answered but not noted when it was killed is recognised, and counted as there before.
    expect(Number(recorded) + Number(repeated)).toBe(count);
    const again = await imports(file, [...OPTIONS, '--apply']);
    expect(again).toMatchObject({ code: 0 });
    expect(again.said).toContain(`0 sales recorded, ${count} were there before, 0 refused.`);
    const january = await stack.as('admin_key').list(`${base}/conversions?period=2021-01&partnerId=ada`);
    expect(january.length).toBe(invoices.filter((line) => /^\d+,2021-01/.test(line)).length);
  });

  it('of refunds looks at their orders, and tells what the service refused', async () => {
    const header = 'refund_id,order_id,occurred_at,amount';
    const file = fileOf('refunds.csv', [
      header,
      'r1,1,2021-01-05 10:00,1.00',
      'r2,1,2021-01-06 10:00,5.00',
      'r3,unheard-of,2021-01-06,1',
    ]);
    const { said } = await imports(file, ['--apply', '--skip-bad']);
    expect(said).toContain('line 3 (r2): amount is more than is left of the order: 98 minor units of USD');
    expect(said).toContain('line 4 (r3): order_id is not a recorded order; import the sales first');
    expect(said).toContain('1 refund recorded');
    const other = fileOf('other.csv', ['invoice_id,invoiced_at,customer_id,amount_minor', '1,2021-01-01T00:00:00,2,5']);
    const refused = await imports(other, [...SALES, '--apply']);
    expect(refused.said).toContain('line 2 (1): orderId was recorded before with other content');
    expect(refused.code).toBe(1);
  });

  it('that cannot begin says what to write instead', async () => {
    const file = fileOf('none.csv', ['colour', 'red']);
    const { code, said } = await imports(file);
    expect({ code, said }).toEqual({
      code: 2,
      said: 'Could not import: say with --kind what the file holds: sales, refunds, partners, links, codes\n',
    });
  });
});
