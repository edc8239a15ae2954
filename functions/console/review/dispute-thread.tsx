import type { ComponentChildren, JSX } from 'preact';
import type * as z from 'zod';
import { Field } from '#console/ui/form';
import { Badge, Time } from '#console/ui/parts';
import { FieldProblem, type Form } from '#functions/console/web/form';
import type { Format } from '#functions/console/web/format';
import type { Action, Visit } from '#functions/console/web/page';
import type { disputeMessageSchema } from '#shared/contracts/partners/dispute';

type Message = z.output<typeof disputeMessageSchema>;
type Evidence = Message['evidence'];

/** A claim or message, and what was laid beside it. */
export function Said({
  text,
  evidence,
  children,
}: {
  readonly text: string;
  readonly evidence: Evidence;
  readonly children?: ComponentChildren;
}): JSX.Element {
  return (
    <>
      <p class="said">{text}</p>
      {evidence.length > 0 ? (
        <ul>
          {evidence.map(({ kind, value }) => (
            <li key={`${kind} ${value}`}>
              {kind === 'url' ? (
                <a href={value} target="_blank" rel="noopener noreferrer nofollow" class="text-break">
                  {value}
                </a>
              ) : (
                <span class="said">{kind === 'reference' ? `Reference: ${value}` : value}</span>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {children}
    </>
  );
}

/** What was written, oldest first; `author` puts a name to each. */
export function Thread({
  messages,
  author,
  format,
}: {
  readonly messages: readonly Message[];
  readonly author: (message: Message) => string;
  readonly format: Format;
}): JSX.Element {
  if (messages.length === 0) return <p class="text-secondary">Nothing was written yet.</p>;
  return (
    <ol class="list-unstyled">
      {messages.map((message) => (
        <li key={message.messageId} class="mb-3">
          <p class="mb-1">
            <strong>{author(message)}</strong>{' '}
            <span class="text-secondary">
              <Time at={message.at} format={format} />
            </span>{' '}
            {message.internal ? <Badge tone="attention">Note among staff</Badge> : null}
          </p>
          <Said text={message.text} evidence={message.evidence} />
        </li>
      ))}
    </ol>
  );
}

/** Two fields for what supports a claim; most have one or none. */
export function EvidenceFields({ visit, action }: { readonly visit: Visit; readonly action: Action }): JSX.Element {
  const form = { visit, action } as const;
  return (
    <>
      <Field
        {...form}
        name="evidenceUrl"
        type="url"
        label="A link that shows it"
        required={false}
        placeholder="https://"
        hint="Such as a published article. It must begin with https."
      />
      <Field
        {...form}
        name="evidenceReference"
        label="A reference"
        required={false}
        hint="Such as an invoice or ticket number."
      />
    </>
  );
}

export function evidenceOf(form: Form): { kind: 'url' | 'reference'; value: string }[] {
  const url = form.optional('evidenceUrl');
  const reference = form.optional('evidenceReference');
  if (url !== undefined && !/^https:\/\//i.test(url)) throw new FieldProblem('evidenceUrl', 'must begin with https://');
  return [
    ...(url === undefined ? [] : [{ kind: 'url' as const, value: url }]),
    ...(reference === undefined ? [] : [{ kind: 'reference' as const, value: reference }]),
  ];
}
