import { ButtonLink, Card } from '#console/ui/parts';
import { ApiProblem } from '#functions/console/web/api';
import { definePage, sendFile, view } from '#functions/console/web/page';
import { getBankFileRoute } from '#shared/contracts/payouts/paying/get-bank-file';
import { FILE_RAILS } from '#shared/domain/ledger/payout';
import { RUN_PATH, runHref, runsHref } from './run-paths.ts';

/** A file for the bank; one that is too large for one answer is offered in its parts (`?part=1` and on). */
export const downloadBankFile = definePage({
  name: 'download-bank-file',
  path: `${RUN_PATH}/bank-files/{currency}/{rail}`,
  access: ['admin', 'finance'],
  show: async ({ api, programme: { programId }, params, query }) => {
    const { runId = '', currency = '' } = params;
    const rail = FILE_RAILS.find((one) => one === params.rail);
    const part = query.get('part') ?? undefined;
    try {
      return sendFile(
        await api.download(getBankFileRoute, { params: { programId, runId, currency }, query: { rail, part } }),
      );
    } catch (error) {
      const parts = error instanceof ApiProblem && part === undefined ? partsOf(error) : undefined;
      if (parts === undefined) throw error;
      const base = `${runHref(programId, runId)}/bank-files/${currency}/${params.rail}`;
      return view({
        title: `Bank file in ${currency}`,
        trail: [
          ['Payout runs', runsHref(programId)],
          [runId, runHref(programId, runId)],
        ],
        lead: `The file is too large for one download. Join its ${parts} parts in order, then upload the whole.`,
        body: (
          <Card>
            <div class="btn-list">
              {Array.from({ length: parts }, (_, at) => at + 1).map((number) => (
                <ButtonLink key={number} href={`${base}?part=${number}`} icon="download" download>
                  Part {number}
                </ButtonLink>
              ))}
            </div>
          </Card>
        ),
      });
    }
  },
});

/** How many parts the API offers, as its refusal names them. */
export function partsOf({ errors }: Pick<ApiProblem, 'errors'>): number | undefined {
  const rule = errors.find(({ pointer }) => pointer === 'query:part')?.rule;
  const count = Number(/from 1 to (\d+)/.exec(rule ?? '')?.[1]);
  return Number.isInteger(count) && count > 1 ? count : undefined;
}
