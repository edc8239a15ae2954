import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { codeWithUseAnswer } from '#functions/tracking/answers';
import { changesCodes } from '#functions/tracking/code-composition';
import { codePatch } from '#functions/tracking/code-inputs';
import { publicUrl } from '#functions/tracking/composition';
import { linkActor } from '#functions/tracking/link-caller';
import { changeCodeRoute } from '#shared/contracts/tracking/change-code';

const changeCodeOnce = changesCodes(programs);

export const changeCode: HttpHandler<typeof changeCodeRoute> = async ({ params, body }, { principal }) => {
  const changed = await changeCodeOnce({ ...params, change: codePatch(body), ...linkActor(principal) });
  return codeWithUseAnswer(changed, publicUrl);
};

export const handler = httpFunction(changeCodeRoute, changeCode);
