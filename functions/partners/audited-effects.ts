import type { DynamoDBRecord } from 'aws-lambda';
import { digest } from '#shared/adapters/digest';
import { auditedEffectOfRecord } from '#shared/adapters/dynamodb/partners/partner-audit';
import { effectRecordedEvent } from '#shared/application/partners/audited-effect';
import type { DomainEvent } from '#shared/contracts/events';

type EventsOf = (record: DynamoDBRecord) => readonly DomainEvent[];

/** The events of a record, and one more when the audit chain must hold what it brings. */
export function withAuditedEffects(eventsOf: EventsOf): EventsOf {
  return (record) => {
    const effect = auditedEffectOfRecord(record);
    return [...eventsOf(record), ...(effect ? [effectRecordedEvent(effect, digest)] : [])];
  };
}
