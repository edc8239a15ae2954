import { formAnswer, setForm } from '#functions/partners/applications/form-composition';
import { caller } from '#functions/partners/composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { setApplicationFormRoute } from '#shared/contracts/partners/applications/set-application-form';

export const setApplicationForm: HttpHandler<typeof setApplicationFormRoute> = async ({ params, body }, context) =>
  formAnswer(params.programId, await setForm({ ...params, ...body, ...caller(context) }));

export const handler = httpFunction(setApplicationFormRoute, setApplicationForm);
