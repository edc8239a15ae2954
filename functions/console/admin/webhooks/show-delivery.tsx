import { Form, Submit } from '#console/ui/form';
import { Badge, Card, Empty, Facts, Stack, Table, Time } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import {
  type Action,
  defineAction,
  definePage,
  type Page,
  redirect,
  type Visit,
  view,
} from '#functions/console/web/page';
import { getWebhookDeliveryRoute } from '#shared/contracts/notifications/webhooks/get-webhook-delivery';
import { redeliverWebhookRoute } from '#shared/contracts/notifications/webhooks/redeliver-webhook';
import { webhooksOf } from './webhook-paths.ts';
import { deliveryState, outcomeOf } from './webhook-words.ts';

const pathOf = ({ params, programme }: Visit) => ({
  programId: programme.programId,
  endpointId: params.endpointId ?? '',
  deliveryId: params.deliveryId ?? '',
});

/** One message: what it said, and what came of each attempt. */
export const showDelivery: Page = definePage({
  name: 'show-webhook-delivery',
  path: `${BASE}/webhooks/{endpointId}/deliveries/{deliveryId}`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, params } = visit;
    const delivery = await api.call(getWebhookDeliveryRoute, { params: pathOf(visit) });
    const [tone, state] = deliveryState(delivery.status);
    return view({
      title: delivery.type,
      trail: [
        ['Webhooks', webhooksOf(visit)],
        ['Endpoint', `${webhooksOf(visit)}/${params.endpointId ?? ''}`],
      ],
      actions: (
        <Form visit={visit} action={redeliver} inline>
          <Submit>Send again</Submit>
        </Form>
      ),
      body: (
        <Stack>
          <Card title="Message">
            <Facts
              rows={[
                [
                  'State',
                  <Badge key="state" tone={tone}>
                    {state}
                  </Badge>,
                ],
                ['Happened', <Time key="happened" at={delivery.occurredAt} format={format} />],
                [
                  'Next attempt',
                  delivery.nextAttemptAt && <Time key="next" at={delivery.nextAttemptAt} format={format} />,
                ],
                ['webhook-id', <code key="id">{delivery.webhookId}</code>],
              ]}
            />
          </Card>
          <Card title="Attempts" flush>
            {delivery.attempts.length === 0 ? (
              <Empty icon="clock" title="Not tried yet">
                The first attempt follows within moments.
              </Empty>
            ) : (
              <Table
                caption="Attempts"
                rows={delivery.attempts}
                keyOf={({ at }) => at}
                columns={[
                  { label: 'When', cell: ({ at }) => <Time at={at} format={format} /> },
                  {
                    label: 'What came of it',
                    cell: (one) => (
                      <>
                        {outcomeOf(one)}
                        {one.responseStart === undefined ? null : <pre class="answer-start">{one.responseStart}</pre>}
                      </>
                    ),
                  },
                  { label: 'Took', isNumber: true, cell: ({ durationMs }) => `${format.count(durationMs)} ms` },
                ]}
              />
            )}
          </Card>
          <Card title="What it says">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
            <pre tabIndex={0}>{JSON.stringify(delivery.payload, null, 2)}</pre>
          </Card>
        </Stack>
      ),
    });
  },
});

export const redeliver: Action = defineAction({
  name: 'redeliver-webhook',
  path: `${BASE}/webhooks/{endpointId}/deliveries/{deliveryId}`,
  access: ['admin'],
  page: showDelivery,
  send: async (visit, _form, idempotencyKey) => {
    const { endpointId, deliveryId } = pathOf(visit);
    const sent = await visit.api.call(redeliverWebhookRoute, { params: pathOf(visit), idempotencyKey });
    const last = sent.attempts.at(-1);
    const came = last ? outcomeOf(last) : 'It is sent within moments';
    return redirect(`${webhooksOf(visit)}/${endpointId}/deliveries/${deliveryId}`, `It was sent again. ${came}.`);
  },
});
