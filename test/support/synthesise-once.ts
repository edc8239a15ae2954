import { ensureAssembly } from '#infra/local/ensure-assembly';

/** The end-to-end files run side by side: the app is synthesised before the first of them starts. */
export default async function setup(): Promise<void> {
  await ensureAssembly(() => undefined);
}
