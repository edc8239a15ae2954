import type * as z from 'zod';
import { type Reply, reply } from '#functions/runtime/http';
import { qrPng, qrSvg } from '#shared/adapters/qr-code';
import type { qrQuerySchema } from '#shared/contracts/tracking/show-link-qr';

/** The QR code of an address in the format asked for, to be shown or saved under `name`. */
export function qrReply(url: string, name: string, { format, size, ...query }: z.output<typeof qrQuerySchema>): Reply {
  const options = { sizePixels: size, errorCorrection: query.errorCorrection };
  const headers = {
    'content-type': format === 'png' ? 'image/png' : 'image/svg+xml',
    'content-disposition': `inline; filename="${name.toLowerCase().replace(/[^a-z0-9-]/g, '')}.${format}"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  };
  return format === 'png'
    ? reply(200, { bytes: qrPng(url, options), headers })
    : reply(200, { text: qrSvg(url, options), headers });
}
