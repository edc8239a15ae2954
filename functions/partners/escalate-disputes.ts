import { clock, disputes } from '#functions/partners/dispute-composition';
import { log } from '#functions/runtime/log';
import { programs } from '#functions/runtime/programs';
import { makeEscalateDisputes } from '#shared/application/partners/escalate-disputes';

const escalateDisputes = makeEscalateDisputes({ disputes, programs, clock, log });

/** Called every hour. */
export const handler = (): ReturnType<typeof escalateDisputes> => escalateDisputes();
