import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** One execution environment: loads the bundle once, then answers invocations. Speaks JSON text, as Lambda does. */
type Start = { directory: string; handler: string; arn: string; logGroup: string };
type Invocation = { id: string; payload: string; deadlineMs: number };

const { directory, handler, arn, logGroup } = workerData as Start;
const loaded = load();
loaded.catch(() => {});

parentPort?.on('message', async ({ id, payload, deadlineMs }: Invocation) => {
  try {
    const handle = await loaded;
    const result = await handle(JSON.parse(payload), {
      callbackWaitsForEmptyEventLoop: false,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      awsRequestId: id,
      logGroupName: logGroup,
      logStreamName: 'local',
      getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    });
    parentPort?.postMessage({ id, ok: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const failure = { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
    process.stdout.write(`${JSON.stringify({ level: 'ERROR', requestId: id, ...failure })}\n`);
    parentPort?.postMessage({ id, error: JSON.stringify(failure) });
  }
});

async function load(): Promise<(event: unknown, context: unknown) => unknown> {
  const dot = handler.lastIndexOf('.');
  const stem = join(directory, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => stem + extension).find((candidate) => existsSync(candidate));
  if (!file) throw named('Runtime.ImportModuleError', `Cannot find module '${handler.slice(0, dot)}'`);
  const exported: unknown = (await import(pathToFileURL(file).href))[handler.slice(dot + 1)];
  if (typeof exported !== 'function') throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  return exported as (event: unknown, context: unknown) => unknown;
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
