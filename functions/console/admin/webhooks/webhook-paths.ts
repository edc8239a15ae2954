import { baseOf } from '#functions/console/admin/admin-paths';
import type { Visit } from '#functions/console/web/page';

type At = Pick<Visit, 'params' | 'programme'>;

export const webhooksOf = (visit: Pick<Visit, 'programme'>): string => `${baseOf(visit)}/webhooks`;

/** Of the endpoint that the path names. */
export const hereOf = (visit: At): string => `${webhooksOf(visit)}/${visit.params.endpointId ?? ''}`;

export const endpointOf = ({ params, programme }: At) => ({
  programId: programme.programId,
  endpointId: params.endpointId ?? '',
});
