import { clock, disputes, programs } from '#functions/partners/dispute-composition';
import { log } from '#functions/runtime/log';
import { makeEscalateDisputes } from '#shared/application/partners/escalate-disputes';

const escalateDisputes = makeEscalateDisputes({ disputes, programs, clock, log });

/** Called every hour. */
export const handler = (): ReturnType<typeof escalateDisputes> => escalateDisputes();
