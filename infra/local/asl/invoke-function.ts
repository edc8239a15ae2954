import { AwsError } from '../aws-error.ts';
import type { InvokeResult, Lambda } from '../lambda.ts';
import { AslError } from './errors.ts';

/** Calls a function as `lambda:invoke` does; JSON text in and out. @throws AslError by the function's error type */
export async function invokeFunction(lambda: Pick<Lambda, 'invoke'>, name: string, payload: string): Promise<string> {
  let result: InvokeResult;
  try {
    result = await lambda.invoke(name, payload);
  } catch (error) {
    throw new AslError(`Lambda.${error instanceof AwsError ? error.code : 'Unknown'}`, (error as Error).message);
  }
  if (!result.functionError) return result.payload;
  const { errorType } = JSON.parse(result.payload) as { errorType?: string };
  throw new AslError(errorType || 'Lambda.Unknown', result.payload);
}
