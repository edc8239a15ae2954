import { clock, partners, staff, table } from '#functions/notifications/reading/composition';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeIdempotencyStore } from '#shared/adapters/dynamodb/idempotency-store';
import { makeNoticeInterest } from '#shared/adapters/dynamodb/partners/notice-interest';
import { makePreferences } from '#shared/adapters/dynamodb/partners/preferences';
import { makeSetPreferences } from '#shared/application/notifications/reading/choose-preferences';
import {
  makePartnerPreferences,
  makeStaffPreferences,
} from '#shared/application/notifications/reading/reader-preferences';
import {
  makeAddStaffPerson,
  makeChangeStaffPerson,
  makeRemoveStaffPerson,
} from '#shared/application/notifications/staff/keep-staff';
import type { StaffPerson } from '#shared/application/notifications/staff/staff-ports';

const preferences = makePreferences(table);
// It only adds: what others want is of no interest here.
const interest = makeNoticeInterest({ ...table, ttlSeconds: 0, clock });
const set = makeSetPreferences({ preferences, interest, clock });
const keeps = { staff, programs, digest, clock };

/** The composition root of who is told, and of how each wants it. */
export const idempotency = makeIdempotencyStore({ ...table, clock });
export const partnerPreferences = makePartnerPreferences({ preferences, programs, partners, set });
export const staffPreferences = makeStaffPreferences({ preferences, programs, staff, set });
export const addPerson = makeAddStaffPerson(keeps);
export const changePerson = makeChangeStaffPerson(keeps);
export const removePerson = makeRemoveStaffPerson(keeps);
export { programs };

export function personAnswer({ personId, name, email, roles, language, timeZone, createdAt, changedAt }: StaffPerson) {
  return { personId, name, email, roles: [...roles], language, timeZone, createdAt, changedAt };
}
