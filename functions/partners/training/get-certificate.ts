import { wholeCertificateAnswer } from '#functions/partners/training/training-answers';
import { readCertificate } from '#functions/partners/training/training-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getCertificateRoute } from '#shared/contracts/partners/training/get-certificate';

export const getCertificate: HttpHandler<typeof getCertificateRoute> = async ({ params }) =>
  wholeCertificateAnswer(await readCertificate(params));

export const handler = httpFunction(getCertificateRoute, getCertificate);
