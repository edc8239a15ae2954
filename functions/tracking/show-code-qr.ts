import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { codeUrl } from '#functions/tracking/answers';
import { codes, publicUrl } from '#functions/tracking/composition';
import { linkCaller } from '#functions/tracking/link-caller';
import { qrReply } from '#functions/tracking/qr-reply';
import { requireCode } from '#shared/application/tracking/codes/require-code';
import { showCodeQrRoute } from '#shared/contracts/tracking/show-code-qr';

export const showCodeQr: HttpHandler<typeof showCodeQrRoute> = async ({ params, query }, { principal }) => {
  const { partnerIds } = linkCaller(principal, params.programId);
  const { code } = await requireCode(codes, { ...params, partnerIds });
  return qrReply(codeUrl(code, publicUrl), code, query);
};

export const handler = httpFunction(showCodeQrRoute, showCodeQr);
