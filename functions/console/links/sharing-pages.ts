import type { Action, Page } from '#functions/console/web/page';
import { codePages } from './show-code.tsx';
import { codeListPages } from './show-codes.tsx';
import { linkPages } from './show-link.tsx';
import { linkListPages } from './show-links.tsx';

export const sharingPages: readonly (Page | Action)[] = [
  ...linkListPages,
  ...linkPages,
  ...codeListPages,
  ...codePages,
];
