import * as z from 'zod';
import { clock, forms } from '#functions/partners/applications/composition';
import { readEnvironment } from '#functions/runtime/environment';
import { programs } from '#functions/runtime/programs';
import { digest } from '#shared/adapters/digest';
import { makeSetApplicationForm, type ShownForm } from '#shared/application/partners/applications/application-form';
import type * as contract from '#shared/contracts/partners/applications/application';

const { PUBLIC_URL: publicUrl } = readEnvironment(z.object({ PUBLIC_URL: z.string() }));

export const setForm = makeSetApplicationForm({ forms, programs, clock, digest });

/** Not by whom: that is for the audit of the table. */
export function formAnswer(
  programId: string,
  { open, questions, termsText, termsUrl, termsHash, welcomeText, changedAt }: ShownForm,
): z.input<typeof contract.applicationFormSchema> {
  const page = `${publicUrl}/apply/${encodeURIComponent(programId)}`;
  return { open, questions: [...questions], termsText, termsUrl, termsHash, welcomeText, changedAt, publicUrl: page };
}
