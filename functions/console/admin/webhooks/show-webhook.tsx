import { FilterField, Filters, Form, Submit } from '#console/ui/form';
import { Alert, Badge, ButtonLink, Card, Empty, Facts, Pager, Stack, Table, Time } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { getWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/get-webhook-endpoint';
import { listWebhookDeliveriesRoute } from '#shared/contracts/notifications/webhooks/list-webhook-deliveries';
import { testWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/test-webhook-endpoint';
import { endpointOf, hereOf, webhooksOf } from './webhook-paths.ts';
import { DELIVERY_FILTERS, deliveryState, endpointState, outcomeOf } from './webhook-words.ts';

const A_PAGE = 25;

/** One endpoint with its log. */
export const showWebhook: Page = definePage({
  name: 'show-webhook',
  path: `${BASE}/webhooks/{endpointId}`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, query } = visit;
    const path = endpointOf(visit);
    const status = query.get('status') ?? '';
    const wanted = DELIVERY_FILTERS.some(([value]) => value === status) ? status : '';
    const [endpoint, log] = await Promise.all([
      api.call(getWebhookEndpointRoute, { params: path }),
      api.call(listWebhookDeliveriesRoute, {
        params: path,
        query: { status: wanted, cursor: query.get('cursor') ?? undefined, limit: A_PAGE },
      }),
    ]);
    const here = hereOf(visit);
    const [tone, state] = endpointState(endpoint);
    return view({
      title: endpoint.description ?? 'Webhook endpoint',
      trail: [['Webhooks', webhooksOf(visit)]],
      lead: endpoint.url,
      actions: (
        <ButtonLink href={`${here}/change`} icon="edit">
          Change
        </ButtonLink>
      ),
      body: (
        <Stack>
          {endpoint.status === 'paused' ? (
            <Alert tone="bad" title="It is paused">
              <p>
                It failed for a week without one success. Mend your system, then{' '}
                <a href={`${here}/change`}>switch it on</a> again; what was skipped meanwhile is in the log and can be
                sent.
              </p>
            </Alert>
          ) : null}
          <Card
            title="Endpoint"
            actions={
              <Form visit={visit} action={testWebhook} inline>
                <Submit tone="plain">Send a test</Submit>
              </Form>
            }
          >
            <Facts
              rows={[
                [
                  'State',
                  <Badge key="state" tone={tone}>
                    {state}
                  </Badge>,
                ],
                ['Is told of', endpoint.events === undefined ? 'Everything' : endpoint.events.join(', ')],
                [
                  'Signing secret of',
                  endpoint.secrets[0] && <Time key="secret" at={endpoint.secrets[0].createdAt} format={format} />,
                ],
                ['Secrets that sign now', format.count(endpoint.secrets.length)],
                [
                  'Fails since',
                  endpoint.failingSince && <Time key="failing" at={endpoint.failingSince} format={format} />,
                ],
                ['Added', <Time key="added" at={endpoint.createdAt} format={format} as="day" />],
              ]}
            />
          </Card>
          <Card title="What it was told" lead="Kept for 90 days, the newest first." flush>
            <div class="card-body">
              <Filters action={here}>
                <FilterField name="status" label="Show" value={wanted} options={DELIVERY_FILTERS} />
              </Filters>
            </div>
            {log.items.length === 0 ? (
              <Empty icon="webhook" title={wanted === '' ? 'Nothing was sent yet' : 'Nothing here is in this state'}>
                {wanted === ''
                  ? 'Send a test, or wait for the first event.'
                  : log.nextCursor === undefined
                    ? 'Choose another state.'
                    : 'Look at the next page.'}
              </Empty>
            ) : (
              <Table
                caption="Deliveries"
                rows={log.items}
                keyOf={({ deliveryId }) => deliveryId}
                columns={[
                  {
                    label: 'Event',
                    cell: ({ deliveryId, type, occurredAt }) => (
                      <>
                        <a href={`${here}/deliveries/${deliveryId}`}>{type}</a>
                        <div class="text-secondary">
                          <Time at={occurredAt} format={format} />
                        </div>
                      </>
                    ),
                  },
                  {
                    label: 'State',
                    cell: (one) => <Badge tone={deliveryState(one.status)[0]}>{deliveryState(one.status)[1]}</Badge>,
                  },
                  {
                    label: 'Attempts',
                    isNumber: true,
                    isMinor: true,
                    cell: ({ attempts }) => format.count(attempts.length),
                  },
                  {
                    label: 'Last answer',
                    isMinor: true,
                    cell: ({ attempts }) => {
                      const last = attempts.at(-1);
                      return last ? outcomeOf(last) : '';
                    },
                  },
                ]}
              />
            )}
            <Pager address={visit.address} nextCursor={log.nextCursor} />
          </Card>
        </Stack>
      ),
    });
  },
});

/** Sends one message now; where it leads shows what came of it. */
export const testWebhook: Action = defineAction({
  name: 'test-webhook',
  path: `${BASE}/webhooks/{endpointId}/test`,
  access: ['admin'],
  page: showWebhook,
  send: async (visit, _form, idempotencyKey) => {
    const sent = await visit.api.call(testWebhookEndpointRoute, { params: endpointOf(visit), idempotencyKey });
    const last = sent.attempts.at(-1);
    const came = last ? outcomeOf(last) : 'It was not sent';
    return redirect(`${hereOf(visit)}/deliveries/${sent.deliveryId}`, `A test was sent. ${came}.`);
  },
});
