import * as z from 'zod';

const headSchema = z.object({ sequence: z.int(), hash: z.string() });
const statusSchema = z.enum(['equal', 'different', 'unfinished']);

/** What can be proved; each with what it means. */
const PROOF = z
  .enum([
    'chain_links',
    'chain_end',
    'earlier_heads',
    'period_statements',
    'period_approvals',
    'period_journal',
    'effects_recorded',
    'other_periods',
    'tier_reviews',
  ])
  .meta({
    description:
      '`chain_links`: every record follows the one before and hashes to its own hash. `chain_end`: the chain ends where it says. ' +
      '`earlier_heads`: it passes through what earlier verifications saw, so it was not written anew. `period_statements`, ' +
      '`period_approvals`, `period_journal`: the month, computed again from its facts, has the stored statements, the content ' +
      'hash that was approved, and the entries, payouts and balances that follow. `effects_recorded`: everything stored has its ' +
      'record and says the same. `other_periods`, `tier_reviews`: all else that `npm run verify` computes again.',
  });

export const auditVerificationSchema = z.object({
  verificationId: z.string(),
  at: z.string(),
  endedAt: z.string(),
  by: z.string(),
  onBehalfOf: z.string().optional(),
  status: statusSchema.meta({
    description: '`unfinished`: one answer had not enough time. Send its id as `continues`, or run `command`.',
  }),
  chain: z.object({
    head: headSchema.meta({
      description: 'Where the chain ended when it was asked. Keep it elsewhere to prove this later.',
    }),
    through: headSchema.meta({ description: 'The last record that holds, with all before it.' }),
    records: z.int().meta({ description: 'How many records hold.' }),
    earlierHeads: z.int().meta({ description: 'Heads of earlier verifications that the chain passed through.' }),
    broken: z
      .object({
        sequence: z.int(),
        field: z.enum(['programId', 'sequence', 'previousHash', 'hash', 'head', 'kept']),
        stored: z.string(),
        expected: z.string(),
      })
      .optional()
      .meta({
        description:
          'The first thing that is wrong. `head`: the chain does not end where it says; `kept`: it does not pass through a head that was kept.',
      }),
  }),
  continues: z.string().optional(),
  period: z
    .object({
      period: z.string(),
      status: statusSchema,
      statements: z.int(),
      entries: z.int(),
      balances: z.int(),
      differences: z
        .array(
          z.object({
            subject: z.string(),
            id: z.string(),
            field: z.string(),
            stored: z.string(),
            recomputed: z.string(),
          }),
        )
        .meta({ description: 'The first 50.' }),
      unnamed: z.int().meta({ description: 'Differences beyond these.' }),
    })
    .optional(),
  proved: z.array(PROOF),
  notProved: z.array(PROOF),
  command: z.string().meta({ description: 'What proves all of it.', example: 'npm run verify -- --program acme' }),
});
