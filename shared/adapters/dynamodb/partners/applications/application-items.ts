import * as z from 'zod';
import { expiresAfter } from '#shared/adapters/dynamodb/expires-at';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import type { ConditionalPut } from '#shared/adapters/dynamodb/partners/conditional-put';
import {
  applicationContractKey,
  applicationDecisionKey,
  applicationKey,
  applicationLetterKey,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import type { Application, Letter, LetterKind } from '#shared/application/partners/applications/ports';
import { APPLICATION_STATUSES, type ApplicationStatus } from '#shared/domain/partner/application';

const decisionSchema = z.intersection(
  z.object({
    at: instantField,
    by: z.string(),
    onBehalfOf: z.string().optional(),
    requestHash: z.string(),
  }),
  z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('accept'), partnerId: z.string() }),
    z.object({ decision: z.literal('decline'), reason: z.string(), message: z.string().optional() }),
  ]),
);

const applicationSchema = z.object({
  programId: z.string(),
  applicationId: z.string(),
  version: z.number(),
  status: z.enum(APPLICATION_STATUSES),
  name: z.string(),
  email: z.string(),
  emailHash: z.string(),
  country: z.string(),
  website: z.string().optional(),
  promotion: z.string(),
  answers: z.array(z.object({ id: z.string(), label: z.string(), answer: z.string() })),
  termsHash: z.string().optional(),
  language: z.enum(['en', 'de', 'es', 'fr']),
  via: z.enum(['page', 'api']),
  contentHash: z.string(),
  links: z.number(),
  receivedAt: instantField,
  confirmedAt: instantField.optional(),
  lapsesAt: instantField.optional(),
  decision: decisionSchema.optional(),
  earlier: decisionSchema.optional(),
});

export function applicationOfItem(item: Record<string, unknown>): Application {
  return applicationSchema.parse(item);
}

const LETTER_OF: Readonly<Partial<Record<ApplicationStatus, LetterKind>>> = {
  unconfirmed: 'received',
  accepted: 'accepted',
  declined: 'declined',
};

/** An application as it becomes, the letter that its status asks for, and the record of who decided it. */
export function applicationPuts(application: Application): readonly ConditionalPut[] {
  const { programId, applicationId, status, version: before, lapsesAt, decision } = application;
  const version = before + 1;
  const lapse = lapsesAt === undefined ? {} : { expiresAt: expiresAfter(lapsesAt) };
  const item = {
    ...applicationKey(programId, applicationId),
    ...applicationContractKey(programId, application),
    ...application,
    ...lapse,
    version,
  };
  const kind = LETTER_OF[status];
  const orderedAt = status === 'unconfirmed' ? application.receivedAt : decision?.at;
  const letter: Letter | undefined = kind && orderedAt && { programId, applicationId, version, kind, orderedAt };
  return [
    { item, ...(before > 0 ? { expectedVersion: before } : {}) },
    ...(letter
      ? [
          {
            item: { ...applicationLetterKey(programId, applicationId, version), ...letter, ...lapse, state: 'pending' },
          },
        ]
      : []),
    ...(decision && (status === 'accepted' || status === 'declined')
      ? [decisionPut(application, decision, version)]
      : []),
  ];
}

function decisionPut(
  { programId, applicationId, status }: Application,
  { at, by, onBehalfOf }: NonNullable<Application['decision']>,
  version: number,
): ConditionalPut {
  const key = applicationDecisionKey(programId, applicationId, version);
  return { item: { ...key, programId, applicationId, status, at, by, onBehalfOf } };
}

const letterSchema = z.object({
  programId: z.string(),
  applicationId: z.string(),
  version: z.number(),
  kind: z.enum(['received', 'accepted', 'declined']),
  orderedAt: instantField,
});

export function letterOfItem(item: Record<string, unknown>): Letter {
  return letterSchema.parse(item);
}
