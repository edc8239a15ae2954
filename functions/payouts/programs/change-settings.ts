import { caller, changeProgramSettings } from '#functions/payouts/composition';
import { programAnswer } from '#functions/payouts/programs/program-answer';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changeSettingsRoute } from '#shared/contracts/payouts/programs/change-settings';

export const changeSettings: HttpHandler<typeof changeSettingsRoute> = async ({ params, body }, context) => {
  const program = await changeProgramSettings({ programId: params.programId, settings: body, ...caller(context) });
  return programAnswer(program, context);
};

export const handler = httpFunction(changeSettingsRoute, changeSettings);
