import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { ApiClient } from '../../api-client.ts';
import { money } from './print.ts';
import type { Run } from './runs.ts';

export type Check = { readonly text: string; readonly held: boolean };

const postingSchema = z.object({
  kind: z.string(),
  account: z.string(),
  amount_minor: z.coerce.bigint(),
  payout_id: z.string(),
  statement_id: z.string(),
});

/**
 * The promise of the demo: the payables of the statements, the payables moved in the journal and the control sum of
 * the bank file are one amount to the penny, and the journal as a whole sums to zero.
 */
export async function checkMoney(ask: { api: ApiClient; programId: string; run: Run }): Promise<Check[]> {
  const { api, programId, run } = ask;
  const base = `/v1/programs/${programId}`;
  const statements = await api.list<{ payableMinor: number; statementId: string }>(
    `${base}/statements?period=${run.period}&limit=200`,
  );
  const files = await api.get<{ items: { controlSumMinor: number; count: number }[] }>(
    `${base}/payout-runs/${run.runId}/bank-files`,
  );
  const xml = files.items.length > 0 ? await api.text(`${base}/payout-runs/${run.runId}/bank-files/GBP`) : '';
  const csv = await api.text(`${base}/ledger/export?format=csv`);
  const postings = z.array(postingSchema).parse(parse(csv, { columns: true }));

  const payables = sum(statements.map((statement) => BigInt(statement.payableMinor)));
  const moved = sum(
    postings
      .filter(
        ({ kind, account, payout_id: payoutId }) =>
          kind === 'submission' && account.endsWith(':payable') && payoutId.startsWith(`po~${run.runId}~`),
      )
      .map((posting) => posting.amount_minor),
  );
  const controlSum = sum(files.items.map((file) => BigInt(file.controlSumMinor)));
  const inFile = sum(
    [...xml.matchAll(/<InstdAmt Ccy="GBP">(\d+)\.(\d\d)<\/InstdAmt>/g)].map((m) => BigInt(`${m[1]}${m[2]}`)),
  );
  const total = sum(postings.map((posting) => posting.amount_minor));
  const amounts = [payables, moved, controlSum, inFile].map((amount) => money(Number(amount))).join(' = ');
  return [
    {
      text: `payables of the statements = payables in the journal = control sum = payments in the bank file: ${amounts}`,
      held: payables === moved && moved === controlSum && controlSum === inFile,
    },
    { text: `the journal's ${postings.length} postings sum to ${money(Number(total))}`, held: total === 0n },
  ];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
