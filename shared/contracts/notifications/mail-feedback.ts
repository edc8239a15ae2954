import * as z from 'zod';
import { instantSchema } from '#shared/contracts/fields';

/**
 * What SES tells of a message through EventBridge, as far as it is read here (Amazon SES developer guide, Contents of event
 * data). Other fields are let through: SES adds some.
 */
const recipient = z.looseObject({ emailAddress: z.string(), status: z.string().optional() });

const mail = z.looseObject({
  timestamp: instantSchema,
  messageId: z.string().min(1),
  destination: z.array(z.string()),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

const bounced = z.looseObject({
  'detail-type': z.literal('Email Bounced'),
  detail: z.looseObject({
    mail,
    bounce: z.looseObject({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(recipient),
      timestamp: instantSchema,
    }),
  }),
});

const complained = z.looseObject({
  'detail-type': z.literal('Email Complaint Received'),
  detail: z.looseObject({
    mail,
    complaint: z.looseObject({
      complainedRecipients: z.array(recipient),
      complaintFeedbackType: z.string().nullish(),
      timestamp: instantSchema,
    }),
  }),
});

export const mailFeedbackSchema = z.discriminatedUnion('detail-type', [bounced, complained]);
export type MailFeedbackEvent = z.output<typeof mailFeedbackSchema>;
