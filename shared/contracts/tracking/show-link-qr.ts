import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { slugSchema } from '#shared/contracts/tracking/create-link';

/** Below, the modules of a long address would be too small for a camera; above, print shops ask for SVG. */
const MIN_SIZE_PIXELS = 128;
const MAX_SIZE_PIXELS = 2_048;
const DEFAULT_SIZE_PIXELS = 512;

export const qrQuerySchema = z.object({
  format: z.enum(['svg', 'png']).default('svg'),
  size: z.coerce.number().int().min(MIN_SIZE_PIXELS).max(MAX_SIZE_PIXELS).default(DEFAULT_SIZE_PIXELS).meta({
    description: 'Width and height in pixels, with the quiet zone.',
  }),
  errorCorrection: z.enum(['L', 'M', 'Q', 'H']).default('M').meta({
    description:
      'How much of it may be damaged: about 7, 15, 25 or 30 %. Q or H for print that wears, or a logo over it.',
  }),
});

export const showLinkQrRoute = defineRoute({
  name: 'show-link-qr',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/links/{slug}/qr',
  summary: "A link's QR code as SVG or PNG",
  description:
    'Black on white with the quiet zone of four modules that ISO/IEC 18004 asks for. `format=png` answers image/png.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema, slug: slugSchema }),
  query: qrQuerySchema,
  status: 200,
  responseType: 'image/svg+xml',
});
