import { caller, changeProgramControls } from '#functions/payouts/composition';
import { controlsOf } from '#functions/payouts/programs/controls';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { changeControlsRoute } from '#shared/contracts/payouts/programs/change-controls';

export const changeControls: HttpHandler<typeof changeControlsRoute> = ({ params, body }, context) =>
  changeProgramControls({ programId: params.programId, controls: controlsOf(body.controls), ...caller(context) });

export const handler = httpFunction(changeControlsRoute, changeControls);
