import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { codeChangeAnswer, codeWithUseAnswer } from '#functions/tracking/answers';
import { readCode } from '#functions/tracking/code-composition';
import { publicUrl } from '#functions/tracking/composition';
import { linkCaller } from '#functions/tracking/link-caller';
import { getCodeRoute } from '#shared/contracts/tracking/get-code';

export const getCode: HttpHandler<typeof getCodeRoute> = async ({ params }, { principal }) => {
  const { partnerIds } = linkCaller(principal, params.programId);
  const { changes, ...code } = await readCode({ ...params, partnerIds });
  return {
    ...codeWithUseAnswer(code, publicUrl),
    changes: changes.map((change) => codeChangeAnswer(change, partnerIds !== undefined)),
  };
};

export const handler = httpFunction(getCodeRoute, getCode);
