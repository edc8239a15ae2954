import * as z from 'zod';

const MAX_EMAIL_LENGTH = 254;

export const contactEmailSchema = z.email().max(MAX_EMAIL_LENGTH);

export const escalationContactSchema = z.object({
  email: z
    .string()
    .optional()
    .meta({ description: 'Hears of a dispute that was not answered in time. Absent: nobody.' }),
});
