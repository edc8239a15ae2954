import type { JSX } from 'preact';
import { Choices, Field } from '#console/ui/form';
import { EVENT_GROUPS } from '#functions/console/admin/admin-words';
import { FieldProblem, type Form } from '#functions/console/web/form';
import type { Action, Visit } from '#functions/console/web/page';
import type { WebhookType } from '#shared/contracts/notifications/webhooks/webhook-event';

type Endpoint = {
  readonly url?: string;
  readonly description?: string | undefined;
  /** Absent: all. */
  readonly events?: readonly string[] | undefined;
};

/** What is asked about an endpoint. */
export function EndpointFields({
  visit,
  action,
  endpoint = {},
}: {
  readonly visit: Visit;
  readonly action: Action;
  readonly endpoint?: Endpoint;
}): JSX.Element {
  const of = { visit, action };
  return (
    <>
      <Field
        {...of}
        name="url"
        label="Address"
        type="url"
        value={endpoint.url}
        placeholder="https://shop.example.com/webhooks"
        required
        hint="https, a host of the public internet by its name. Redirects are not followed."
      />
      <Field
        {...of}
        name="description"
        label="What it is for"
        value={endpoint.description}
        required={false}
        maxLength={200}
      />
      <Choices
        {...of}
        name="which"
        label="What it is told of"
        type="radio"
        chosen={[endpoint.events === undefined ? 'all' : 'some']}
        options={[
          ['all', 'Everything, also events that are to come'],
          ['some', 'Only what is ticked below'],
        ]}
      />
      {EVENT_GROUPS.map(([label, events]) => (
        <Choices
          key={label}
          {...of}
          name={`events${label}`}
          label={label}
          type="checkbox"
          chosen={endpoint.events ?? []}
          options={events.map(([type, text]) => [type, text, <code key={type}>{type}</code>])}
        />
      ))}
    </>
  );
}

/** `undefined`: all events. @throws FieldProblem when only some are wanted and none is ticked */
export function eventsOf(form: Form): WebhookType[] | undefined {
  if (form.text('which') === 'all') return undefined;
  const events = EVENT_GROUPS.flatMap(([label]) => form.list(`events${label}`));
  if (events.length === 0) throw new FieldProblem('which', 'must have at least one event ticked below');
  return events as WebhookType[];
}
