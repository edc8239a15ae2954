import { Choices, Form, Submit, Tick } from '#console/ui/form';
import { Card, Stack } from '#console/ui/parts';
import { BASE, requireSure } from '#functions/console/admin/admin-paths';
import { type Action, defineAction, definePage, type Page, redirect, view } from '#functions/console/web/page';
import { changeWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/change-webhook-endpoint';
import { getWebhookEndpointRoute } from '#shared/contracts/notifications/webhooks/get-webhook-endpoint';
import { rotateWebhookSecretRoute } from '#shared/contracts/notifications/webhooks/rotate-webhook-secret';
import { EndpointFields, eventsOf } from './endpoint-fields.tsx';
import { secretPage } from './show-webhooks.tsx';
import { endpointOf, hereOf, webhooksOf } from './webhook-paths.ts';

/** Everything that can be done to an endpoint. */
export const showWebhookChange: Page = definePage({
  name: 'show-webhook-change',
  path: `${BASE}/webhooks/{endpointId}/change`,
  access: ['admin'],
  show: async (visit) => {
    const endpoint = await visit.api.call(getWebhookEndpointRoute, { params: endpointOf(visit) });
    const isOn = endpoint.status === 'enabled';
    return view({
      title: 'Change the endpoint',
      trail: [
        ['Webhooks', webhooksOf(visit)],
        [endpoint.description ?? endpoint.url, hereOf(visit)],
      ],
      body: (
        <Stack>
          <Card title="Address and events">
            <Form visit={visit} action={changeWebhook}>
              <EndpointFields visit={visit} action={changeWebhook} endpoint={endpoint} />
              <Submit>Save</Submit>
            </Form>
          </Card>
          <Card title={isOn ? 'Switch off' : 'Switch on'}>
            <p>
              {isOn
                ? 'While it is off it is told nothing, and nothing is kept for it.'
                : 'It is told of what happens from now on. Failures of before are forgotten.'}
            </p>
            <Form visit={visit} action={switchWebhook}>
              <input type="hidden" name="to" value={isOn ? 'disabled' : 'enabled'} />
              <Submit tone="plain">{isOn ? 'Switch off' : 'Switch on'}</Submit>
            </Form>
          </Card>
          <Card title="New signing secret">
            <Form visit={visit} action={rotateSecret}>
              <Choices
                visit={visit}
                action={rotateSecret}
                name="keepOldHours"
                label="The secret of before"
                type="radio"
                chosen={['24']}
                options={[
                  ['24', 'Signs too for a day', 'Your system takes the new one over without losing a message.'],
                  ['0', 'Ends at once', 'If somebody else may have it.'],
                ]}
              />
              <Submit tone="plain">Make a new secret</Submit>
            </Form>
          </Card>
          <Card title="Remove the endpoint">
            <p>It is told nothing any more, for ever. Its log is no longer shown.</p>
            <Form visit={visit} action={removeWebhook}>
              <Tick visit={visit} action={removeWebhook} name="sure" label={`Yes, remove ${endpoint.url}`} />
              <Submit tone="danger">Remove</Submit>
            </Form>
          </Card>
        </Stack>
      ),
    });
  },
});

export const changeWebhook: Action = defineAction({
  name: 'change-webhook',
  path: `${BASE}/webhooks/{endpointId}/change`,
  access: ['admin'],
  page: showWebhookChange,
  fields: { '/events': 'which' },
  send: async (visit, form) => {
    const body = {
      url: form.text('url'),
      events: eventsOf(form) ?? null,
      description: form.optional('description') ?? null,
    };
    await visit.api.call(changeWebhookEndpointRoute, { params: endpointOf(visit), body });
    return redirect(hereOf(visit), 'The endpoint was changed.');
  },
});

export const switchWebhook: Action = defineAction({
  name: 'switch-webhook',
  path: `${BASE}/webhooks/{endpointId}/switch`,
  access: ['admin'],
  page: showWebhookChange,
  send: async (visit, form) => {
    const status = form.text('to') === 'enabled' ? 'enabled' : 'disabled';
    await visit.api.call(changeWebhookEndpointRoute, { params: endpointOf(visit), body: { status } });
    return redirect(hereOf(visit), status === 'enabled' ? 'The endpoint is on.' : 'The endpoint is off.');
  },
});

export const removeWebhook: Action = defineAction({
  name: 'remove-webhook',
  path: `${BASE}/webhooks/{endpointId}/remove`,
  access: ['admin'],
  page: showWebhookChange,
  send: async (visit, form) => {
    requireSure(form);
    await visit.api.call(changeWebhookEndpointRoute, { params: endpointOf(visit), body: { status: 'removed' } });
    return redirect(webhooksOf(visit), 'The endpoint was removed.');
  },
});

export const rotateSecret: Action = defineAction({
  name: 'rotate-webhook-secret',
  path: `${BASE}/webhooks/{endpointId}/secret`,
  access: ['admin'],
  page: showWebhookChange,
  send: async (visit, form) => {
    const { secret, endpointId } = await visit.api.call(rotateWebhookSecretRoute, {
      params: endpointOf(visit),
      body: { keepOldHours: form.integer('keepOldHours') },
    });
    return secretPage(visit, 'The endpoint has a new secret', secret, endpointId);
  },
});
