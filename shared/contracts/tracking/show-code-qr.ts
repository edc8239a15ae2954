import * as z from 'zod';
import { idSchema } from '#shared/contracts/fields';
import { defineRoute } from '#shared/contracts/route';
import { qrQuerySchema } from '#shared/contracts/tracking/show-link-qr';

const MAX_CODE_LENGTH = 128;

export const showCodeQrRoute = defineRoute({
  name: 'show-code-qr',
  service: 'tracking',
  method: 'GET',
  path: '/v1/programs/{programId}/codes/{code}/qr',
  summary: "The QR code of a code's page as SVG or PNG",
  description: 'As that of a link.',
  access: ['merchant', 'partner_manager', 'finance', 'admin', 'partner'],
  params: z.object({ programId: idSchema, code: z.string().max(MAX_CODE_LENGTH) }),
  query: qrQuerySchema,
  status: 200,
  responseType: 'image/svg+xml',
});
