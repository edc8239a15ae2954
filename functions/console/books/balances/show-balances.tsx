import { BalanceTabs } from '#console/books/balances/balance-tabs';
import { baseOf, isRefused, MONEY, orRefused, RefusedAlert, unsigned } from '#console/books/books-frame';
import { FilterField, Filters } from '#console/ui/form';
import { Card, Empty, Stack, Table, Time } from '#console/ui/parts';
import { dayEndedBefore } from '#functions/console/books/day-bounds';
import { accountMeaning, accountWord } from '#functions/console/books/journal/journal-words';
import { definePage, view } from '#functions/console/web/page';
import { PROGRAM_PATH } from '#functions/console/web/paths';
import { listLedgerAccountsRoute } from '#shared/contracts/payouts/ledger/list-ledger-accounts';
import { ALL_PAYABLES } from '#shared/domain/ledger/accounts';

/** What each account stands at, as of the end of a day. */
export const showBalances = definePage({
  name: 'show-balances',
  path: `${PROGRAM_PATH}/balances`,
  access: MONEY,
  show: async (visit) => {
    const { api, programme, query, format, now } = visit;
    const base = baseOf(visit);
    const asOf = dayEndedBefore(query.get('asOf'), programme.timeZone, now);
    const found = await orRefused(
      api.call(listLedgerAccountsRoute, { params: { programId: programme.programId }, query: { asOf } }),
    );
    const currencies = isRefused(found) ? [] : [...new Set(found.accounts.map(({ currency }) => currency))];
    return view({
      title: 'Balances',
      lead: isRefused(found) ? null : (
        <>
          As of <Time at={found.asOf} format={format} />, added up from {format.count(found.entries)} journal entries.
        </>
      ),
      body: (
        <Stack>
          <BalanceTabs base={base} current="accounts" />
          <Filters action={`${base}/balances`}>
            <FilterField name="asOf" label="At the end of" type="date" value={query.get('asOf')} />
          </Filters>
          {isRefused(found) ? <RefusedAlert refused={found.refused} /> : null}
          {!isRefused(found) && currencies.length === 0 ? (
            <Card>
              <Empty icon="balances" title="Nothing was posted by then">
                Accounts move when an approved payout run posts its statements.
              </Empty>
            </Card>
          ) : null}
          {isRefused(found)
            ? null
            : currencies.map((currency) => (
                <Card key={currency} title={currency} lead="Debits and credits of all accounts are equal." flush>
                  <Table
                    caption={`Accounts in ${currency}`}
                    rows={found.accounts.filter((one) => one.currency === currency)}
                    keyOf={({ account }) => account}
                    columns={[
                      {
                        label: 'Account',
                        cell: ({ account, partners }) => (
                          <>
                            {account === ALL_PAYABLES ? (
                              <a
                                href={`${base}/balances/partners${query.get('asOf') ? `?asOf=${query.get('asOf')}` : ''}`}
                              >
                                Owed to partners
                              </a>
                            ) : (
                              <a href={`${base}/journal?account=${encodeURIComponent(account)}`}>
                                {accountWord(account, String)}
                              </a>
                            )}
                            <div class="text-secondary">
                              {partners === undefined
                                ? accountMeaning(account)
                                : `The accounts of ${format.count(partners)} ${partners === 1 ? 'partner' : 'partners'}.`}
                            </div>
                          </>
                        ),
                      },
                      {
                        label: 'Debits',
                        isNumber: true,
                        isMinor: true,
                        cell: ({ debitMinor }) => format.amount(debitMinor, currency),
                      },
                      {
                        label: 'Credits',
                        isNumber: true,
                        isMinor: true,
                        cell: ({ creditMinor }) => format.amount(creditMinor, currency),
                      },
                      {
                        label: 'Balance',
                        isNumber: true,
                        cell: ({ balanceMinor }) =>
                          `${unsigned(format, balanceMinor, currency)} ${balanceMinor === 0 ? '' : balanceMinor > 0 ? 'debit' : 'credit'}`,
                      },
                    ]}
                  />
                </Card>
              ))}
        </Stack>
      ),
    });
  },
});
