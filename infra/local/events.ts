import { randomUUID } from 'node:crypto';
import { AwsError, byteLength, type Operations } from './aws-error.ts';
import type { Deliveries } from './deliveries.ts';
import { checkPattern, matchesPattern } from './event-pattern.ts';
import { type Model, onlyKnown, type Resource } from './model.ts';
import type { Store } from './store.ts';

/** Amazon EventBridge user guide: at most 10 entries and 256 KB a PutEvents request. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1024;
const DEFAULT_RETRIES = 185;

type Target = {
  Arn: string;
  Id: string;
  Input?: string;
  InputPath?: string;
  DeadLetterConfig?: { Arn: string };
  RetryPolicy?: { MaximumRetryAttempts?: number };
};
type Rule = { bus: string; pattern: unknown; targets: readonly Target[] };
type Entry = {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Time?: number;
  Resources?: string[];
};

export type Events = {
  readonly operations: Operations;
  /** Publishes an event of a service itself (source `aws.*`) to the default bus. */
  readonly publish: (source: string, detailType: string, detail: object, resources: string[]) => void;
};

/** Event buses and rules: each matching rule's targets get the event as a durable delivery before PutEvents answers. */
export function makeEvents(model: Model, store: Store, deliveries: () => Deliveries): Events {
  const rules = model.ofType('AWS::Events::Rule').filter(isEnabled).map(readRule);
  const buses = new Set(['default', ...model.ofType('AWS::Events::EventBus').map((bus) => bus.name)]);

  const route = (bus: string, event: Record<string, unknown>): void => {
    for (const rule of rules) {
      if (rule.bus !== bus || !matchesPattern(rule.pattern, event)) continue;
      for (const target of rule.targets) {
        const input = target.Input ?? JSON.stringify(target.InputPath ? at(event, target.InputPath) : event);
        const retries = target.RetryPolicy?.MaximumRetryAttempts ?? DEFAULT_RETRIES;
        deliveries().send({ arn: target.Arn, retries, deadLetter: target.DeadLetterConfig?.Arn }, input);
      }
    }
  };
  const envelope = (source: string, detailType: string, detail: unknown, resources: string[], time?: number) => ({
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: model.account,
    time: new Date(time === undefined ? Date.now() : time * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: model.region,
    resources,
    detail,
  });

  const putOne = (entry: Entry): object => {
    try {
      const bus = busName(entry.EventBusName);
      if (!buses.has(bus)) throw new AwsError('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
      if (entry.Source?.startsWith('aws.'))
        throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.');
      if (!entry.Source || !entry.DetailType || !entry.Detail) {
        throw new AwsError('InvalidArgument', 'Parameters Source, DetailType and Detail are required.');
      }
      const event = envelope(
        entry.Source,
        entry.DetailType,
        parseDetail(entry.Detail),
        entry.Resources ?? [],
        entry.Time,
      );
      route(bus, event);
      return { EventId: event.id };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { ErrorCode: error.code, ErrorMessage: error.message };
    }
  };

  return {
    operations: {
      PutEvents: (input) => {
        const entries = (input.Entries ?? []) as Entry[];
        if (entries.length < 1 || entries.length > MAX_ENTRIES) {
          throw new AwsError(
            'ValidationException',
            `Entries must have 1 to ${MAX_ENTRIES} members, has ${entries.length}.`,
          );
        }
        const size = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
        if (size > MAX_BYTES)
          throw new AwsError('ValidationException', `Total size of the entries in the request is over the limit.`);
        const results = store.transaction(() => entries.map(putOne));
        return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
      },
    },
    publish: (source, detailType, detail, resources) =>
      store.transaction(() => route('default', envelope(source, detailType, detail, resources))),
  };
}

function isEnabled(rule: Resource): boolean {
  return rule.properties.State !== 'DISABLED';
}

function readRule(rule: Resource): Rule {
  const { EventBusName, EventPattern, Targets } = rule.properties;
  checkPattern(EventPattern, `rule ${rule.logicalId}`);
  for (const target of (Targets ?? []) as Target[]) {
    onlyKnown(
      target,
      'Arn Id Input InputPath DeadLetterConfig RetryPolicy RoleArn',
      `target of rule ${rule.logicalId}`,
    );
  }
  return {
    bus: busName(EventBusName as string | undefined),
    pattern: EventPattern,
    targets: (Targets ?? []) as Target[],
  };
}

function busName(nameOrArn: string | undefined): string {
  return (nameOrArn ?? 'default').replace(/^arn:.*event-bus\//, '');
}

function parseDetail(text: string): unknown {
  try {
    const detail: unknown = JSON.parse(text);
    if (detail !== null && typeof detail === 'object' && !Array.isArray(detail)) return detail;
  } catch {
    // Answered below, with the other malformed details.
  }
  throw new AwsError('MalformedDetail', 'Detail is malformed.');
}

/** User guide, "Calculating PutEvents event entry size". */
function entrySize(entry: Entry): number {
  const texts = [entry.Source ?? '', entry.DetailType ?? '', entry.Detail ?? '', ...(entry.Resources ?? [])];
  return texts.reduce((sum, text) => sum + byteLength(text), entry.Time === undefined ? 0 : 14);
}

/** `$.a.b`: the only JSON path a target's InputPath needs here. */
function at(event: unknown, path: string): unknown {
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}
