import { ShownOnce } from '#console/admin/shown-once';
import { Form, Submit } from '#console/ui/form';
import { Badge, ButtonLink, Card, Empty, Table, Time } from '#console/ui/parts';
import { BASE } from '#functions/console/admin/admin-paths';
import { type Action, defineAction, definePage, type Page, type Visit, view } from '#functions/console/web/page';
import { createWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/create-webhook-endpoint';
import { listWebhookEndpointsRoute } from '#shared/contracts/notifications/webhooks/list-webhook-endpoints';
import { EndpointFields, eventsOf } from './endpoint-fields.tsx';
import { webhooksOf } from './webhook-paths.ts';
import { endpointState } from './webhook-words.ts';

/** Where your systems are told of events. */
export const showWebhooks: Page = definePage({
  name: 'show-webhooks',
  path: `${BASE}/webhooks`,
  access: ['admin'],
  show: async (visit) => {
    const { api, format, programme } = visit;
    const { items } = await api.call(listWebhookEndpointsRoute, { params: { programId: programme.programId } });
    const add = (
      <ButtonLink href={`${webhooksOf(visit)}/new`} icon="plus" primary>
        Add an endpoint
      </ButtonLink>
    );
    return view({
      title: 'Webhooks',
      lead: 'Your systems are told of events as they happen, by signed messages (Standard Webhooks).',
      actions: items.length > 0 ? add : undefined,
      body: (
        <Card flush>
          {items.length === 0 ? (
            <Empty icon="webhook" title="No endpoint yet" action={add}>
              Add the address of a system of yours, and choose what it is told of.
            </Empty>
          ) : (
            <Table
              caption="Webhook endpoints"
              rows={items}
              keyOf={({ endpointId }) => endpointId}
              columns={[
                {
                  label: 'Endpoint',
                  cell: ({ endpointId, url, description }) => (
                    <>
                      <a href={`${webhooksOf(visit)}/${endpointId}`}>{description ?? url}</a>
                      {description === undefined ? null : <div class="text-secondary">{url}</div>}
                    </>
                  ),
                },
                {
                  label: 'Is told of',
                  isMinor: true,
                  cell: ({ events }) =>
                    events === undefined
                      ? 'Everything'
                      : `${events.length} ${events.length === 1 ? 'event' : 'events'}`,
                },
                {
                  label: 'State',
                  cell: (one) => (
                    <>
                      <Badge tone={endpointState(one)[0]}>{endpointState(one)[1]}</Badge>
                      {one.failingSince === undefined ? null : (
                        <div class="text-secondary">
                          fails since <Time at={one.failingSince} format={format} as="day" />
                        </div>
                      )}
                    </>
                  ),
                },
              ]}
            />
          )}
        </Card>
      ),
    });
  },
});

export const showNewWebhook: Page = definePage({
  name: 'show-new-webhook',
  path: `${BASE}/webhooks/new`,
  access: ['admin'],
  show: async (visit) =>
    view({
      title: 'Add a webhook endpoint',
      trail: [['Webhooks', webhooksOf(visit)]],
      body: (
        <Card>
          <Form visit={visit} action={createWebhook}>
            <EndpointFields visit={visit} action={createWebhook} />
            <Submit>Add the endpoint</Submit>
          </Form>
        </Card>
      ),
    }),
});

export const createWebhook: Action = defineAction({
  name: 'create-webhook',
  path: `${BASE}/webhooks/new`,
  access: ['admin'],
  page: showNewWebhook,
  fields: { '/events': 'which' },
  send: async (visit, form, idempotencyKey) => {
    const events = eventsOf(form);
    const description = form.optional('description');
    const { secret, endpointId } = await visit.api.call(createWebhookEndpointRoute, {
      params: { programId: visit.programme.programId },
      body: { url: form.text('url'), ...(events ? { events } : {}), ...(description ? { description } : {}) },
      idempotencyKey,
    });
    return secretPage(visit, 'The endpoint is added', secret, endpointId);
  },
});

/** The one page that shows a signing secret. */
export function secretPage(visit: Visit, title: string, secret: string, endpointId: string) {
  return view({
    title,
    trail: [['Webhooks', webhooksOf(visit)]],
    body: (
      <Card>
        <ShownOnce label="Signing secret" secret={secret} />
        <p class="mt-3">
          Verify each message with it, by a library of Standard Webhooks. Then send a test from the endpoint's page.
        </p>
        <ButtonLink href={`${webhooksOf(visit)}/${endpointId}`}>I have copied it</ButtonLink>
      </Card>
    ),
  });
}
