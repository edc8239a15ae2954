import { createHash } from 'node:crypto';
import type { Digest } from '#shared/application/ports';

export const digest: Digest = (content) => createHash('sha256').update(content).digest('hex');
