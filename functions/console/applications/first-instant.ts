import { FieldProblem, type Form } from '#functions/console/web/form';
import { timeZoneOf } from '#shared/adapters/time-zones';
import { instantOfWall } from '#shared/domain/time/calendar';

/** When the day of a field begins in a time zone, in ISO 8601. @throws FieldProblem when it is no day */
export function firstInstantOf(form: Form, name: string, timeZone: string): string {
  const day = form.text(name);
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight)) throw new FieldProblem(name, 'must be a day such as 2026-01-31');
  return new Date(instantOfWall(midnight, timeZoneOf(timeZone))).toISOString();
}
