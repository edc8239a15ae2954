import * as z from 'zod';
import { UTM_PLACEHOLDERS, unknownPlaceholders } from '#shared/domain/tracking/utm';

const MAX_TEMPLATE_LENGTH = 100;
const PLACEHOLDERS = UTM_PLACEHOLDERS.map((name) => `{${name}}`).join(', ');

/** A text with placeholders; empty in a link takes the programme's parameter away. */
const templateSchema = z
  .string()
  .trim()
  .max(MAX_TEMPLATE_LENGTH)
  .regex(/^\P{Cc}*$/u, 'must be without control characters')
  .refine((text) => unknownPlaceholders(text).length === 0, `may have braces only for ${PLACEHOLDERS}`);

export const utmTemplatesSchema = z
  .strictObject({
    source: templateSchema.optional().meta({ example: 'tallystick' }),
    medium: templateSchema.optional().meta({ example: 'affiliate' }),
    campaign: templateSchema.optional().meta({ example: '{campaign}' }),
    term: templateSchema.optional(),
    content: templateSchema.optional().meta({ example: '{partnerId}-{sub1}' }),
  })
  .meta({
    description: `utm_source and so on, added to the destination unless it has them itself; a change replaces all of them. Placeholders: ${PLACEHOLDERS}.`,
  });
