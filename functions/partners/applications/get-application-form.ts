import { readForm } from '#functions/partners/applications/composition';
import { formAnswer } from '#functions/partners/applications/form-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { getApplicationFormRoute } from '#shared/contracts/partners/applications/get-application-form';

export const getApplicationForm: HttpHandler<typeof getApplicationFormRoute> = async ({ params }) =>
  formAnswer(params.programId, (await readForm(params)).form);

export const handler = httpFunction(getApplicationFormRoute, getApplicationForm);
