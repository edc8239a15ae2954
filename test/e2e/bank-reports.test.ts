import { beforeAll, describe, expect, it } from 'vitest';
import { batchBooked, bookedOf, camt } from '#test/support/builders/bank-answers';
import type { SharedStack as Stack } from '#test/support/local-stack';
import { sharedLocalStack } from '#test/support/local-stack';
import { aPartner, aProgramme, aSale, closePeriod } from '#test/support/programme';

type Payout = { payoutId: string; partnerId: string; status: string; endToEndId: string; amountMinor: number };
type Entry = { entryId: string; status: string; rule?: string; payoutId?: string };
type Report = { reportId: string; status: string; counts: Record<string, number>; entries: Entry[] };

let stack: Stack;
let path: string;
let programId: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  programId = await aProgramme(stack.as('admin'));
  path = `/v1/programs/${programId}`;
  for (const partnerId of ['p1', 'p2']) {
    await aPartner(stack.as('partner_manager'), programId, partnerId);
    await aSale(stack.as('merchant_key'), programId, `o-${partnerId}`, 100_00, { partnerId });
  }
  await closePeriod(stack, programId, '2026-01');
});

const payouts = async (): Promise<Payout[]> => {
  const all = await stack.as('finance').list<Payout>(`${path}/payouts`);
  return all.sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
};
const statuses = async (): Promise<string[]> => (await payouts()).map(({ status }) => status);
const send = async (text: string, token: string, type = 'application/xml') => {
  const answer = await fetch(new URL(`${path}/bank-reports`, stack.endpoints.apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body: text,
  });
  return { status: answer.status, body: (await answer.json()) as Report & { code?: string } };
};
const financeToken = (): string => stack.endpoints.people.find(({ role }) => role === 'finance')?.token ?? '';
const booked = (payout: Payout) =>
  bookedOf({ endToEndId: payout.endToEndId, amountMinor: BigInt(payout.amountMinor), currency: 'GBP' });

describe("the bank's answers over HTTP", () => {
  it('settle what was booked, and return what came back once another person confirmed it', async () => {
    expect(await statuses()).toEqual(['submitted', 'submitted']);
    const [first, second] = (await payouts()) as [Payout, Payout];
    const statement = camt([booked(first), booked(second), { endToEndId: 'RENT', amountMinor: 5n }]);
    expect((await send(statement, stack.endpoints.apiKeys.admin)).body.code).toBe('person_required');
    expect((await send('<a/>', financeToken())).status).toBe(422);
    expect((await send('{}', financeToken(), 'application/json')).status).toBe(415);
    const received = await send(statement, financeToken());
    expect([received.status, received.body.counts]).toMatchObject([201, { booked: 2, unmatched: 1 }]);
    expect(await statuses()).toEqual(['settled', 'settled']);
    expect((await send(statement, financeToken())).status).toBe(200);

    const returned = await send(
      camt([{ ...booked(first), direction: 'CRDT', reason: 'AC04' }], { messageId: 'RETURNS', kind: '054' }),
      financeToken(),
    );
    const entryId = returned.body.entries[0]?.entryId;
    expect(returned.body.counts.awaitingConfirmation).toBe(1);
    expect(await statuses()).toEqual(['settled', 'settled']);
    const decisions = `${path}/bank-report-entries/${entryId}/decisions`;
    await expect(stack.as('finance').post(decisions, { decision: 'confirm' })).rejects.toMatchObject({
      code: 'second_person_required',
    });
    expect(await stack.as('approver').post(decisions, { decision: 'confirm' })).toMatchObject({
      status: 'booked',
      statusAfter: 'returned',
    });
    expect(await statuses()).toEqual(['returned', 'settled']);
    expect(await stack.as('finance').get(`${path}/partners/p1/balance`)).toMatchObject({
      balances: [{ payableMinor: first.amountMinor }],
    });
  });

  it('list what matched nothing until a person has looked at it', async () => {
    const list = `${path}/bank-report-entries`;
    const unmatched = await stack.as('finance').list<Entry>(list);
    expect(unmatched).toMatchObject([{ rule: 'unknown_reference', status: 'unmatched' }]);
    await stack.as('finance').post(`${list}/${unmatched[0]?.entryId}/resolutions`, { action: 'handled', note: 'rent' });
    expect(await stack.as('finance').list(list)).toEqual([]);
    const batch = await send(batchBooked({ messageId: '2026-01.1-GBP-NONE', sumMinor: 7n }), financeToken());
    expect(batch.body.entries).toMatchObject([{ rule: 'unknown_file' }]);
    const reports = await stack.as('approver').list<Report>(`${path}/bank-reports`);
    expect(reports.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
    const { reportId } = batch.body;
    expect(await stack.as('approver').get(`${path}/bank-reports/${reportId}`)).toMatchObject({ reportId });
    await expect(
      stack.as('approver').post(`${path}/bank-reports/${reportId}/decisions`, { decision: 'confirm' }),
    ).resolves.toMatchObject({ decided: 0, isDone: true });
  });
});
