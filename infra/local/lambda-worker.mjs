// Plain JavaScript, because each thread that strips types loads a compiler of 13 MB.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

/** One execution environment: loads the bundle once, then answers invocations. Speaks JSON text, as Lambda does. */
const { directory, handler, arn, logGroup } = workerData;
const loaded = load();
loaded.catch(() => {});

parentPort.on('message', async ({ id, payload, deadlineMs }) => {
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
    parentPort.postMessage({ id, ok: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const failure = { errorType: name, errorMessage: message, trace: (stack ?? '').split('\n') };
    process.stdout.write(`${JSON.stringify({ level: 'ERROR', requestId: id, ...failure })}\n`);
    parentPort.postMessage({ id, error: JSON.stringify(failure) });
  }
});

async function load() {
  const dot = handler.lastIndexOf('.');
  const stem = join(directory, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => stem + extension).find((candidate) => existsSync(candidate));
  if (!file) throw named('Runtime.ImportModuleError', `Cannot find module '${handler.slice(0, dot)}'`);
  const exported = (await import(pathToFileURL(file).href))[handler.slice(dot + 1)];
  if (typeof exported !== 'function') throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  return exported;
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}
