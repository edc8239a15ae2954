import * as z from 'zod';

export const stopReasonSchema = z.enum(['bounced', 'keeps_failing', 'complained']).meta({
  description:
    '`bounced`: the address does not exist or refuses mail. `keeps_failing`: five messages within seven days could not be delivered. `complained`: its reader marked a message as unwanted.',
});

export const mailProblemSchema = z.object({
  problemId: z.string(),
  maskedAddress: z.string().meta({ example: 'j***@shop.example' }),
  reason: stopReasonSchema,
  since: z.string(),
  detail: z
    .string()
    .optional()
    .meta({ description: 'What the receiving side said, as SES sorts it.', example: 'General 5.1.1' }),
  partners: z
    .array(z.object({ partnerId: z.string(), name: z.string() }))
    .meta({ description: 'Who has the address; none for one of the people who run the programme.' }),
  whatToDo: z.string(),
});

/** Whether e-mail reaches a partner. */
export const mailStateSchema = z.object({
  stopped: z
    .boolean()
    .meta({ description: 'True: nothing is sent to the address, whatever it is about. The inbox has it.' }),
  reason: stopReasonSchema.optional(),
  since: z.string().optional(),
  whatToDo: z.string().optional(),
});
