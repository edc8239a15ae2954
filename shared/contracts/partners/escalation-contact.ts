import * as z from 'zod';

const MAX_EMAIL_LENGTH = 254;
const MAX_APPROVERS = 20;

export const contactEmailSchema = z.email().max(MAX_EMAIL_LENGTH);

export const approverEmailsSchema = z
  .array(contactEmailSchema)
  .max(MAX_APPROVERS)
  .refine((emails) => new Set(emails.map((email) => email.toLowerCase())).size === emails.length, 'must name each once')
  .meta({
    description:
      'Hear that a payout run waits for its decision, of each reminder, and that it expired. None named: `email` hears of it.',
  });

export const escalationContactSchema = z.object({
  email: z.string().optional().meta({ description: 'Hears of what was not answered in time. Absent: nobody.' }),
  approverEmails: z.array(z.string()).optional().meta({ description: 'Hear of payout runs that wait for a decision.' }),
});
