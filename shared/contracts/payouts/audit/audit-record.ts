import * as z from 'zod';
import { AUDIT_KINDS } from '#shared/domain/audit/audit-chain';
import type { Instant } from '#shared/domain/time/instant';

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex');

export const auditRecordSchema = z.object({
  programId: z.string(),
  sequence: z.int().meta({ description: '1, 2, 3 ... without a gap, in the order of appending.' }),
  previousHash: hashSchema,
  hash: hashSchema,
  kind: z.enum(AUDIT_KINDS),
  subjectId: z.string().meta({ example: 'po~2026-01.1~p1~GBP' }),
  occurredAt: z.string().transform((text) => text as Instant),
  recordedBy: z.string(),
  content: z.string().meta({ description: 'Canonical JSON of what was recorded, or `sha256:` and its digest.' }),
});

export const auditHeadSchema = z.object({ programId: z.string(), sequence: z.int(), hash: hashSchema });

/** The last line of a part of an export: where the chain ended, and up to which record this part goes. */
export const auditEndSchema = z.object({ head: auditHeadSchema, through: z.int() });
export type AuditEnd = z.output<typeof auditEndSchema>;
