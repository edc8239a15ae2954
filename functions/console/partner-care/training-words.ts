import type * as z from 'zod';
import type { Tone } from '#console/ui/parts';
import type { partnerCertificateSchema, partnerCourseSchema } from '#shared/contracts/partners/training/training';

export type PartnerCourse = z.output<typeof partnerCourseSchema>;
export type Module = PartnerCourse['modules'][number];
export type Certificate = z.output<typeof partnerCertificateSchema>;

export const TRAINING_READERS = ['partner', 'partner_manager', 'admin'] as const;

export const COURSE_STATES: Readonly<Record<PartnerCourse['status'], readonly [Tone, string]>> = {
  not_started: ['plain', 'Not started'],
  in_progress: ['info', 'In progress'],
  completed: ['good', 'Completed'],
};

export const CERTIFICATE_STATES: Readonly<Record<Certificate['status'], readonly [Tone, string]>> = {
  not_yet: ['info', 'Counts from later'],
  valid: ['good', 'Valid'],
  expired: ['attention', 'Expired'],
  revoked: ['bad', 'Revoked'],
};

export function minutesWords(minutes: number): string {
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

export function attemptsLeftWords(left: number): string {
  if (left === 0) return 'No attempt is left today.';
  return left === 1 ? 'One attempt is left today.' : `${left} attempts are left today.`;
}
