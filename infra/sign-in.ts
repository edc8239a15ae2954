import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { signInAgain } from './local/demo/sign-in.ts';

/**
 * `npm run sign-in -- EMAIL`: prints a token of a sign-in that happens now, from the identity provider of a local stack. A change of
 * bank details needs one. In the cloud people sign in with Cognito.
 * --data DIR   the folder of the local stack (default `.local`)
 */

const UNUSABLE = 2;

try {
  const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
  const [email] = positionals;
  if (!email || positionals.length > 1) throw new Error('name one person: npm run --silent sign-in -- EMAIL');
  // npm changes to the repository; a relative name means the folder that the person is in.
  console.log(await signInAgain(resolve(process.env.INIT_CWD ?? '.', values.data ?? '.local'), email));
} catch (error) {
  console.error(`Could not sign in: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = UNUSABLE;
}
