import { describe, expect, it } from 'vitest';
import type { Journal } from '#shared/application/payouts/ledger/ledger-ports';
import type { StatementHeader } from '#shared/application/payouts/ports';
import type { KeptDecision } from '#shared/application/payouts/proof/verify-approvals';
import { openingBalances } from '#shared/application/payouts/proof/verify-opening';
import type { VerifyProgramDeps } from '#shared/application/payouts/proof/verify-program';
import { DEFAULT_CONTROLS } from '#shared/application/programs';
import { type JournalEntry, journalEntry } from '#shared/domain/ledger/journal';
import type { PayoutRun } from '#shared/domain/run/payout-run';
import type { StatementLine } from '#shared/domain/statement/statement';
import type { Instant } from '#shared/domain/time/instant';
import { aClosedHistory } from '#test/support/builders/closed-history';
import { anApprovedRun, aPayout, at } from '#test/support/builders/payouts';
import { aHeader, FEBRUARY, JANUARY } from '#test/support/builders/runs';

type Deps = VerifyProgramDeps;

/** The lines of January's statement of p1 as somebody changed them. */
function withLines(deps: Deps, change: (lines: readonly StatementLine[]) => readonly StatementLine[]): Partial<Deps> {
  const pages: Deps['statements']['pages'] = async (programId, statementId, page) => {
    const read = await deps.statements.pages(programId, statementId, page);
    if (statementId !== '2026-01.1~p1~GBP') return read;
    return { ...read, items: read.items.map((item) => ({ ...item, lines: change(item.lines) })) };
  };
  return { statements: { ...deps.statements, pages } };
}

const withFirstLine = (deps: Deps, changes: Partial<StatementLine>): Partial<Deps> =>
  withLines(deps, (lines) => lines.map((line) => (line.conversionId === 'o1' ? { ...line, ...changes } : line)));

function withHeader(deps: Deps, changes: Partial<StatementHeader>): Partial<Deps> {
  const header: Deps['statements']['header'] = async (programId, statementId) => {
    const stored = await deps.statements.header(programId, statementId);
    return stored && statementId === '2026-01.1~p1~GBP' ? { ...stored, ...changes } : stored;
  };
  return { statements: { ...deps.statements, header } };
}

/** The runs as somebody changed them. */
function withRuns(deps: Deps, change: (run: PayoutRun) => PayoutRun): Partial<Deps> {
  const list: Deps['runs']['list'] = async (...page) => {
    const read = await deps.runs.list(...page);
    return { ...read, items: read.items.map(change) };
  };
  return { runs: { ...deps.runs, list } };
}

/** The decisions of a run as somebody changed them. */
function withDecisions(
  deps: Deps,
  change: (decisions: readonly KeptDecision[]) => readonly KeptDecision[],
): Partial<Deps> {
  return { decisions: { ofRun: async (...key) => change(await deps.decisions.ofRun(...key)) } };
}

/** Each entry as `change` answers it; `undefined` for one that is gone. */
function withEntries(deps: Deps, change: (entry: JournalEntry) => JournalEntry | undefined): Partial<Deps> {
  const changed = async function* (entries: AsyncIterable<JournalEntry>) {
    for await (const entry of entries) {
      const one = change(entry);
      if (one) yield one;
    }
  };
  const journal: Pick<Journal, 'ofPartner' | 'ofMonth'> = {
    ofPartner: (...key) => changed(deps.journal.ofPartner(...key)),
    ofMonth: (...key) => changed(deps.journal.ofMonth(...key)),
  };
  return { journal };
}

const named = ({ differences }: { differences: readonly object[] }): readonly string[] =>
  differences.map((difference) => Object.values(difference).join(' | '));

describe('the opening balance of a statement', () => {
  const run = anApprovedRun({ openedAt: at('2026-02-01T00:00:00Z') });
  const returned = aPayout({
    runId: '2025-12.1',
    amountMinor: 700n,
    createdAt: at('2026-01-05T00:00:00Z'),
    reservedUntil: at('2026-02-01T00:00:30Z'),
  });
  const ledger = { partnerId: 'p1', entries: [], payouts: [returned], balances: [] };
  const openingIf = async (openingBalanceMinor: bigint): Promise<bigint> => {
    const statements = { header: async () => aHeader({ openingBalanceMinor }) };
    const [balance] = await openingBalances(statements, run, ledger).of('acme', 'p1');
    return balance!.payableMinor - balance!.reservedMinor;
  };

  it('may be the balance at the opening of the run or after a report during its computation, and no other', async () => {
    expect([await openingIf(-700n), await openingIf(0n), await openingIf(-1n)]).toEqual([-700n, 0n, -700n]);
  });

  it('takes in nothing that came after the first decision', async () => {
    const late = { ...ledger, payouts: [{ ...returned, reservedUntil: at('2026-02-02T09:00:01Z') }] };
    const statements = { header: async () => aHeader({ openingBalanceMinor: 0n }) };
    expect(await openingBalances(statements, run, late).of('acme', 'p1')).toEqual([
      { currency: 'GBP', payableMinor: 0n, reservedMinor: 700n },
    ]);
  });
});

describe('the opening balance of a statement, when a payout was sent while its run was computed', () => {
  const run = anApprovedRun({ openedAt: at('2026-02-01T00:00:00Z') });
  const sentAt = at('2026-02-01T00:00:30Z');
  const payout = aPayout({ amountMinor: 700n, createdAt: at('2026-01-05T00:00:00Z'), reservedUntil: sentAt });
  const sent = journalEntry({
    entryId: 'sent',
    programId: 'acme',
    partnerId: 'p1',
    postedAt: sentAt,
    kind: 'submission',
    currency: 'GBP',
    postings: [
      { account: 'partner:p1:payable', amountMinor: 700n },
      { account: 'payouts:in_transit', amountMinor: -700n },
    ],
    links: {},
    description: '',
  });
  const ledger = { partnerId: 'p1', entries: [sent], payouts: [payout], balances: [] };
  const readAs = async (unsentMinor: bigint | undefined) => {
    const statements = { header: async () => aHeader({ openingBalanceMinor: -700n, unsentMinor }) };
    return openingBalances(statements, run, ledger).of('acme', 'p1');
  };
  const balance = (payableMinor: bigint, reservedMinor: bigint) => [{ currency: 'GBP', payableMinor, reservedMinor }];

  it('is the one whose unsent part was stated', async () => {
    expect(await readAs(700n)).toEqual(balance(0n, 700n));
    expect(await readAs(undefined)).toEqual(balance(-700n, 0n));
    expect(await readAs(3n)).toEqual(balance(0n, 700n));
  });

  it('is without it where statements did not state it yet', async () => {
    const statements = { header: async () => aHeader({ openingBalanceMinor: -700n }) };
    const unsent = { ...ledger, entries: [], payouts: [{ ...payout, reservedUntil: undefined }] };
    expect(await openingBalances(statements, run, unsent).of('acme', 'p1')).toEqual(balance(-700n, 0n));
  });
});

describe('verifying a programme', () => {
  it('finds a closed history equal, and counts what it compared', async () => {
    const { verify } = await aClosedHistory();
    // Two postings and a paid, a returned payout in January; two postings and two payouts that wait in February.
    expect(await verify()).toEqual({
      runs: 2,
      statements: 4,
      entries: 8,
      balances: 2,
      differences: [],
      unnamed: 0,
    });
  });

  it('proves one month alone, also where later entries exist', async () => {
    const { verify } = await aClosedHistory();
    expect(await verify({}, FEBRUARY)).toMatchObject({ runs: 1, statements: 2, entries: 2, differences: [] });
  });

  it('says which months it could prove when a period has no approved run', async () => {
    const { verify } = await aClosedHistory();
    await expect(verify({}, '2026-03' as typeof FEBRUARY)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('names one flipped digit of a line by statement, line and field', async () => {
    const { deps, verify } = await aClosedHistory();
    expect(named(await verify(withFirstLine(deps, { amountMinor: 1_001n })))).toEqual([
      'statement | 2026-01.1~p1~GBP | line 1, revenue_share share o1, amountMinor | 1001 | 1000',
    ]);
  });

  it('names every field of a line that its digest covers', async () => {
    const { deps, verify } = await aClosedHistory();
    const changes: Partial<StatementLine>[] = [
      { baseMinor: 1n },
      { rateBps: 1 },
      { planVersion: 2 },
      { componentId: 'x' },
    ];
    for (const change of changes) {
      const [field, value] = Object.entries(change)[0]!;
      const [difference, ...others] = (await verify(withFirstLine(deps, change))).differences;
      expect(others).toEqual([]);
      expect(difference).toMatchObject({ field: expect.stringContaining(`line 1, `), stored: String(value) });
      expect(difference?.field.endsWith(field)).toBe(true);
    }
  });

  it('names a line that is gone, and goes on with the next', async () => {
    const { deps, verify } = await aClosedHistory();
    const changes = withLines(deps, (lines) => lines.filter((line) => line.conversionId !== 'o1'));
    expect(named(await verify(changes))).toEqual([
      'statement | 2026-01.1~p1~GBP | line 1, revenue_share share o1 | missing | amountMinor 1000',
    ]);
  });

  it('names a line too many, in the middle and at the end', async () => {
    const { deps, verify } = await aClosedHistory();
    const extra: StatementLine = { kind: 'revenue_share', componentId: 'share', conversionId: 'o0', amountMinor: 7n };
    const isFee = (lines: readonly StatementLine[]): boolean => lines[0]?.kind === 'fixed_fee';
    const middle = withLines(deps, (lines) => (isFee(lines) ? lines : [extra, ...lines]));
    expect(named(await verify(middle))).toEqual([
      'statement | 2026-01.1~p1~GBP | after line 0, revenue_share share o0 | amountMinor 7 | nothing',
    ]);
    const end = withLines(deps, (lines) => (isFee(lines) ? [...lines, extra] : lines));
    expect(named(await verify(end))).toEqual([
      'statement | 2026-01.1~p1~GBP | after line 3, revenue_share share o0 | amountMinor 7 | nothing',
    ]);
  });

  it.each(['earnedMinor', 'clawbackMinor', 'adjustmentMinor', 'payableMinor', 'closingBalanceMinor'] as const)(
    'names a flipped digit of a statement’s %s',
    async (field) => {
      const { deps, verify } = await aClosedHistory();
      const difference = { subject: 'statement', id: '2026-01.1~p1~GBP', field, stored: '9' };
      expect((await verify(withHeader(deps, { [field]: 9n }))).differences).toEqual([
        { ...difference, recomputed: expect.any(String) },
      ]);
    },
  );

  it('names a flipped opening balance, which it folds from the ledger', async () => {
    const { deps, verify } = await aClosedHistory();
    expect(named(await verify(withHeader(deps, { openingBalanceMinor: 9n })))).toEqual([
      'statement | 2026-01.1~p1~GBP | openingBalanceMinor | 9 | 0',
    ]);
  });

  it('names a digest that is not that of its statement', async () => {
    const { deps, verify } = await aClosedHistory();
    const [difference, ...others] = (await verify(withHeader(deps, { digest: 'f'.repeat(64) }))).differences;
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ field: 'digest', stored: 'f'.repeat(64) });
  });

  it('names each line, amount and hash that a changed fact would have given', async () => {
    const { sales, verify } = await aClosedHistory();
    sales[0] = { ...sales[0]!, amountMinor: 20_000n };
    const fields = (await verify()).differences.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining([
        'line 1, revenue_share share o1, baseMinor',
        'line 1, revenue_share share o1, amountMinor',
        'earnedMinor',
        'digest',
        'summary, digest',
        'contentHash',
        'total GBP, earnedMinor',
      ]),
    );
  });

  it('names a fact that came into sight after the close, also one that earns nothing', async () => {
    const { sales, verify } = await aClosedHistory();
    sales.splice(1, 0, { ...sales[0]!, orderId: 'o9', amountMinor: 0n });
    expect(named(await verify())).toEqual(['run | 2026-01.1 | shard 000000, factCount | 3 | 4']);
  });

  it('names the hash of a run, and the hash that a person approved', async () => {
    const { deps, verify } = await aClosedHistory();
    const list: Deps['runs']['list'] = async (...page) => {
      const read = await deps.runs.list(...page);
      return { ...read, items: read.items.map((run) => ({ ...run, contentHash: 'f'.repeat(64) })) };
    };
    const ofRun = (verification: Awaited<ReturnType<typeof verify>>): readonly string[] =>
      verification.differences.map(({ subject, id, field }) => `${subject} ${id} ${field}`);
    expect(ofRun(await verify({ runs: { ...deps.runs, list } }))).toEqual([
      'run 2026-01.1 contentHash',
      'run 2026-02.1 contentHash',
    ]);
    const decisions: Deps['decisions'] = {
      ofRun: async (...key) =>
        (await deps.decisions.ofRun(...key)).map((one) =>
          one.by === 'person:b' ? { ...one, contentHash: 'f'.repeat(64) } : one,
        ),
    };
    expect(ofRun(await verify({ decisions }))).toEqual([
      'run 2026-01.1 contentHash approved by person:b',
      'run 2026-02.1 contentHash approved by person:b',
    ]);
  });

  it('names an approval that is not kept', async () => {
    const { deps, verify } = await aClosedHistory();
    const decisions: Deps['decisions'] = { ofRun: async (...key) => (await deps.decisions.ofRun(...key)).slice(1) };
    expect(named(await verify({ decisions })).slice(0, 2)).toEqual([
      'run | 2026-01.1 | approvers | person:a, person:b | person:b',
      'run | 2026-01.1 | approvals | 1 | 2',
    ]);
  });

  it('names a hold that the approvers decided and the run no longer has, and one that only the run has', async () => {
    const { deps, verify } = await aClosedHistory();
    const held = withDecisions(deps, (decisions) => decisions.map((one) => ({ ...one, holds: ['p2', 'p1'] })));
    expect(named(await verify(held, JANUARY))).toEqual([
      'run | 2026-01.1 | holds against those approved by person:a |  | p1, p2',
      'run | 2026-01.1 | holds against those approved by person:b |  | p1, p2',
    ]);
    const holding = withRuns(deps, (run) => ({ ...run, holds: ['p2'] }));
    expect(named(await verify(holding, JANUARY))).toContain(
      'run | 2026-01.1 | holds against those approved by person:a | p2 | ',
    );
    const both = { ...held, ...withRuns(deps, (run) => ({ ...run, holds: ['p1', 'p2'] })) };
    expect(named(await verify(both)).filter((text) => text.includes('holds'))).toEqual([]);
  });

  it('names a run that was paid with fewer approvals than the programme asks for', async () => {
    const { deps, verify } = await aClosedHistory();
    const one = { ...withRuns(deps, (run) => ({ ...run, approvalsRequired: 1, given: run.given.slice(0, 1) })) };
    const kept = withDecisions(deps, (decisions) => decisions.slice(0, 1));
    expect(named(await verify({ ...one, ...kept }, JANUARY))).toEqual([
      expect.stringMatching(/^run \| 2026-01.1 \| contentHash \|/),
      expect.stringMatching(/^run \| 2026-01.1 \| contentHash approved by person:a \|/),
      'run | 2026-01.1 | approvalsRequired | 1 | 2',
      'run | 2026-01.1 | approvals | 1 | 2',
    ]);
    const twice = withRuns(deps, (run) => ({
      ...run,
      given: run.given.map((given) => ({ ...given, by: 'person:a' })),
    }));
    const both = withDecisions(deps, (decisions) => decisions.map((decision) => ({ ...decision, by: 'person:a' })));
    expect(named(await verify({ ...twice, ...both }, JANUARY))).toEqual(['run | 2026-01.1 | approvals | 1 | 2']);
    const voided = withRuns(deps, (run) => ({
      ...run,
      given: run.given.map((given, index) => (index === 0 ? { ...given, voidedBy: 'changed_a_payee' } : given)),
    }));
    expect(named(await verify(voided, JANUARY))).toEqual(['run | 2026-01.1 | approvals | 1 | 2']);
  });

  it('asks for one approval more where a total is above the limit of the programme', async () => {
    const { deps, verify } = await aClosedHistory();
    const programs: Deps['programs'] = {
      ...deps.programs,
      get: async (id) => ({
        ...(await deps.programs.get(id)),
        approvals: { required: 2, extraApproverAboveMinor: 4_000n },
      }),
    };
    expect(named(await verify({ programs }, JANUARY))).toEqual([
      'run | 2026-01.1 | approvalsRequired | 2 | 3',
      'run | 2026-01.1 | approvals | 2 | 3',
    ]);
  });

  it('names each counted approval by somebody who had a hand in what the run pays', async () => {
    const { deps, verify } = await aClosedHistory();
    const by = (from: string, to: string): Partial<Deps> => {
      const swap = <T extends { readonly by: string }>(one: T): T => (one.by === from ? { ...one, by: to } : one);
      return {
        ...withRuns(deps, (run) => ({ ...run, given: run.given.map(swap) })),
        ...withDecisions(deps, (decisions) => decisions.map(swap)),
      };
    };
    expect(named(await verify(by('person:b', 'person:x'), FEBRUARY))).toEqual([
      'run | 2026-02.1 | approval by person:x | counted | made_an_adjustment',
    ]);
    expect(named(await verify(by('person:b', 'person:opener'), FEBRUARY))).toEqual([
      'run | 2026-02.1 | approval by person:opener | counted | opened_the_run',
    ]);
    const when = { before: at('2026-03-01T08:00:30Z'), after: at('2026-03-01T09:00:00Z') };
    const reattributors = { inPeriod: async () => [{ by: 'key:k1', onBehalfOf: 'person:a', at: when.before }] };
    expect(named(await verify({ reattributors }, FEBRUARY))).toEqual([
      'run | 2026-02.1 | approval by person:a | counted | reattributed_a_sale',
    ]);
    const changed = (instant: Instant): Partial<Deps> => ({
      railChanges: { all: async () => [] },
      payeeChanges: { since: async () => [{ partnerId: 'p1', by: 'person:a', at: instant }] },
    });
    expect(named(await verify(changed(when.before), FEBRUARY))).toEqual([
      'run | 2026-02.1 | approval by person:a | counted | changed_a_payee',
    ]);
    expect(named(await verify(changed(when.after), FEBRUARY))).toEqual([]);
    const before = DEFAULT_CONTROLS;
    const change = { programId: 'acme', version: 1, before, after: { ...before, disputeAnswerDays: 1 } };
    const controls = {
      controlsChanges: async () => [{ ...change, by: 'person:b', at: at('2026-02-20T00:00:00Z') }],
      settingsChanges: async () => [],
      policyChanges: async () => [],
    };
    expect(named(await verify({ controls }, FEBRUARY))).toEqual([
      'run | 2026-02.1 | approval by person:b | counted | changed_controls',
    ]);
  });

  it('names a flipped posting, its entry’s sum and the balance it no longer folds to, and no later opening', async () => {
    const { deps, verify } = await aClosedHistory();
    const changes = withEntries(deps, (entry) => {
      if (entry.entryId !== 'post~2026-01.1~p1~GBP') return entry;
      const [debit, credit] = entry.postings;
      return { ...entry, postings: [debit!, { ...credit!, amountMinor: credit!.amountMinor - 1n }] };
    });
    expect(named(await verify(changes))).toEqual([
      'entry | post~2026-01.1~p1~GBP | sum of its postings | -1 | 0',
      'entry | post~2026-01.1~p1~GBP | posting 2, amountMinor | -4006 | -4005',
      'balance | p1 GBP | payableMinor | 1000 | 1001',
    ]);
  });

  it('names an entry that is gone', async () => {
    const { deps, verify } = await aClosedHistory();
    const gone = 'settle~po~2026-01.1~p1~GBP';
    expect(named(await verify(withEntries(deps, (entry) => (entry.entryId === gone ? undefined : entry))))).toEqual([
      `entry | ${gone} | entry | missing | payouts:in_transit 4005, cash -4005`,
      `payout | po~2026-01.1~p1~GBP | entry ${gone} by its history | missing | 2026-02-01T08:02:03.000Z`,
    ]);
  });

  it('names an entry that nothing leads to, also of somebody who is no partner', async () => {
    const { deps, verify } = await aClosedHistory();
    const changes = withEntries(deps, (entry) => entry);
    const stray = { entryId: 'post~x', partnerId: 'p9', links: {} };
    const ofPartner: Journal['ofPartner'] = async function* (programId, partnerId) {
      if (partnerId !== 'p9') yield* deps.journal.ofPartner(programId, partnerId);
      else for await (const entry of deps.journal.ofPartner(programId, 'p1')) return yield { ...entry, ...stray };
    };
    const ofMonth: Journal['ofMonth'] = async function* (programId, month) {
      for await (const entry of deps.journal.ofMonth(programId, month)) yield* [entry, { ...entry, ...stray }];
    };
    const found = await verify({ ...changes, journal: { ofPartner, ofMonth } });
    expect(found.differences.map(({ subject, id }) => `${subject} ${id}`)).toEqual([
      'entry post~x',
      'balance p9 GBP',
      'balance p9 GBP',
    ]);
  });

  it.each(['payableMinor', 'reservedMinor'] as const)('names a flipped digit of a balance’s %s', async (field) => {
    const { deps, verify } = await aClosedHistory();
    const balances: Deps['balances'] = {
      of: async (programId, partnerId) =>
        (await deps.balances.of(programId, partnerId)).map((balance) =>
          partnerId === 'p1' ? { ...balance, [field]: balance[field] + 1n } : balance,
        ),
    };
    expect(named(await verify({ balances }))).toEqual([`balance | p1 GBP | ${field} | 1001 | 1000`]);
  });

  it('names a payout of another amount or in a status its entries do not bear out', async () => {
    const { deps, verify } = await aClosedHistory();
    const withPayout = (changes: object): Partial<Deps> => ({
      payouts: {
        ...deps.payouts,
        getMany: async (...key) =>
          (await deps.payouts.getMany(...key)).map((payout) =>
            payout.payoutId === 'po~2026-01.1~p1~GBP' ? { ...payout, ...changes } : payout,
          ),
      },
    });
    expect(named(await verify(withPayout({ amountMinor: 4_006n })))).toEqual([
      'payout | po~2026-01.1~p1~GBP | amountMinor | 4006 | 4005',
    ]);
    expect(named(await verify(withPayout({ status: 'submitted' })))).toEqual([
      'entry | settle~po~2026-01.1~p1~GBP | entry | payouts:in_transit 4005, cash -4005 | nothing',
      'payout | po~2026-01.1~p1~GBP | by its history, status | submitted | settled',
    ]);
  });

  it('names a partner whose statement cannot be recomputed, with the reason, and goes on', async () => {
    const { deps, verify } = await aClosedHistory();
    const found = await verify({ facts: { ...deps.facts, order: async () => undefined } });
    expect(named(found)).toContain(
      'partner | p1 | statement of run 2026-02.1 | unreadable | refund r1 names order o2, which is not stored',
    );
  });

  it('stops at an outage instead of calling it a difference', async () => {
    const { deps, verify } = await aClosedHistory();
    const order: Deps['facts']['order'] = async () => {
      throw new TypeError('fetch failed');
    };
    await expect(verify({ facts: { ...deps.facts, order } })).rejects.toThrow('fetch failed');
  });

  it('names a closed month whose run is gone', async () => {
    const { deps, verify } = await aClosedHistory();
    const list: Deps['runs']['list'] = async (...page) => {
      const read = await deps.runs.list(...page);
      return { ...read, items: read.items.filter((run) => run.period !== FEBRUARY) };
    };
    expect(named(await verify({ runs: { ...deps.runs, list } }))).toContain(
      'programme | acme | run of 2026-02 | missing | closed',
    );
  });
});
