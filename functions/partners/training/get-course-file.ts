import { readFile } from '#functions/partners/training/file-composition';
import { type HttpHandler, httpFunction, reply } from '#functions/runtime/http';
import { isPartnerOnly, partnersOf } from '#functions/runtime/principal';
import { getCourseFileRoute } from '#shared/contracts/partners/training/get-course-file';

/** A file is somebody's upload: it is saved, never shown or run in this API's name (RFC 6266; RFC 8187 for other letters). */
function headersFor(name: string, mediaType: string): Record<string, string> {
  const plain = name.replaceAll(/[^\w .()-]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-type': mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  };
}

export const getCourseFile: HttpHandler<typeof getCourseFileRoute> = async ({ params }, { principal }) => {
  const { programId } = params;
  const partnerIds = principal && isPartnerOnly(principal, programId) ? partnersOf(principal, programId) : undefined;
  const { file, bytes } = await readFile({ ...params, partnerIds });
  return reply(200, { bytes, headers: headersFor(file.name, file.mediaType) });
};

export const handler = httpFunction(getCourseFileRoute, getCourseFile);
