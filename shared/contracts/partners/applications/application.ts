import * as z from 'zod';
import { countrySchema, nameSchema } from '#shared/contracts/fields';
import { emailSchema } from '#shared/contracts/partners/enrol-partner';
import { APPLICATION_STATUSES } from '#shared/domain/partner/application';

export const MAX_QUESTIONS = 10;
export const MAX_ANSWER_CHARACTERS = 2_000;
const MAX_LABEL_CHARACTERS = 200;
const MAX_TERMS_CHARACTERS = 20_000;
const MAX_WELCOME_CHARACTERS = 2_000;
const MAX_URL_CHARACTERS = 500;
export const MAX_REASON_CHARACTERS = 500;
export const MAX_MESSAGE_CHARACTERS = 2_000;

const WEB_ADDRESS = 'must be a web address such as https://example.com';

export const webAddressSchema = z
  .url({
    protocol: /^https?$/,
    hostname: z.regexes.domain,
    error: ({ input }) => (input === undefined ? undefined : WEB_ADDRESS),
  })
  .max(MAX_URL_CHARACTERS);

const questionIdSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a lower-case name of at most 40 characters such as audience');

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

export const questionSchema = z.strictObject({
  id: questionIdSchema,
  label: text(MAX_LABEL_CHARACTERS).meta({ description: 'The question as applicants read it.' }),
  required: z.boolean(),
});

/** What a programme asks applicants. */
export const applicationFormBody = z
  .strictObject({
    open: z.boolean().meta({ description: 'Whether people may apply now.' }),
    questions: z.array(questionSchema).max(MAX_QUESTIONS).default([]),
    termsText: text(MAX_TERMS_CHARACTERS)
      .optional()
      .meta({ description: 'What applicants agree to. The SHA-256 of text and address is kept with each consent.' }),
    termsUrl: webAddressSchema
      .optional()
      .meta({ description: 'Where the terms stand, instead of the text or beside it.' }),
    welcomeText: text(MAX_WELCOME_CHARACTERS).optional().meta({ description: 'Shown above the form.' }),
  })
  .superRefine(({ questions }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of questions.entries()) {
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['questions', index, 'id'],
          message: 'must be another than those before',
        });
      }
      seen.add(id);
    }
  });

export const applicationFormSchema = z.object({
  open: z.boolean(),
  questions: z.array(questionSchema),
  termsText: z.string().optional(),
  termsUrl: z.string().optional(),
  termsHash: z
    .string()
    .optional()
    .meta({ description: 'Of the terms as they stand now: what an applicant consents to.' }),
  welcomeText: z.string().optional(),
  publicUrl: z.string().meta({ description: 'The page on which people apply.' }),
  changedAt: z.string().optional(),
});

/** What an applicant says. Which answers a programme needs is its form's matter. */
export const applicationFields = {
  name: nameSchema,
  email: emailSchema,
  country: countrySchema,
  website: webAddressSchema.optional(),
  promotion: text(MAX_ANSWER_CHARACTERS).meta({ description: 'How the applicant will promote.' }),
  answers: z
    .record(questionIdSchema, text(MAX_ANSWER_CHARACTERS))
    .default({})
    .meta({ description: "By the id of the form's question." }),
  termsHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the termsHash of the form')
    .optional()
    .meta({ description: 'Of the terms that the applicant consented to; needed where the form has terms.' }),
};

export const languageSchema = z
  .enum(['en', 'de', 'es', 'fr'])
  .meta({ description: 'Of the e-mails to the applicant.' });

const decided = {
  decidedAt: z.string(),
  decidedBy: z.string(),
  onBehalfOf: z.string().optional(),
};
export const applicationDecisionSchema = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('accept'), ...decided, partnerId: z.string() }),
  z.object({ decision: z.literal('decline'), ...decided, reason: z.string(), message: z.string().optional() }),
]);

export const applicationSchema = z.object({
  applicationId: z.string(),
  status: z.enum(APPLICATION_STATUSES),
  name: z.string(),
  email: z.string(),
  country: z.string(),
  website: z.string().optional(),
  promotion: z.string(),
  answers: z.array(z.object({ id: z.string(), label: z.string(), answer: z.string() })),
  termsHash: z.string().optional(),
  language: languageSchema,
  via: z.enum(['page', 'api']),
  receivedAt: z.string(),
  confirmedAt: z.string().optional().meta({ description: 'When the applicant confirmed its e-mail address.' }),
  lapsesAt: z.string().optional().meta({ description: 'When it is removed.' }),
  decision: applicationDecisionSchema.optional(),
  earlier: applicationDecisionSchema
    .optional()
    .meta({ description: 'How an earlier application of this address ended.' }),
});

/** `partnerIds`: whom the address belongs to already. */
export const wholeApplicationSchema = applicationSchema.extend({
  partnerIds: z.array(z.string()).meta({ description: 'Partners of the programme with this e-mail address.' }),
});
