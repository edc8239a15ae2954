import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Machine } from '#infra/local/asl/definition';
import { makeStepFunctions } from '#infra/local/step-functions';
import { openStore } from '#infra/local/store';

/** A process to be killed: runs one workflow on the store it is given and notes each call of a function in a file. */
const [storeFile = '', callsFile = '', definition = ''] = process.argv.slice(2);
const note = (line: string): void => appendFileSync(callsFile, `${line}\n`);
const arn = 'arn:aws:states:us-east-1:000000000000:stateMachine:crash';

const service = makeStepFunctions({
  store: openStore(storeFile),
  machines: [{ arn, name: 'crash', roleArn: '', definition: JSON.parse(definition) as Machine }],
  lambda: {
    invoke: async (name, payload) => {
      const parsed = JSON.parse(payload) as { token?: string };
      if (name === 'ask') note(`ask ${parsed.token}`);
      else note(`begin ${name} ${payload}`);
      await sleep(4);
      if (name !== 'ask') note(`end ${name} ${payload}`);
      return { payload };
    },
  },
});
service.resume();

/** A process may have been killed after the workflow ended and before it noted so. */
function started(): string {
  try {
    return service.start(arn, '{}', 'once').executionArn;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ExecutionAlreadyExists') throw error;
    return `${arn.replace(':stateMachine:', ':execution:')}:once`;
  }
}
const executionArn = started();
process.on('message', (message: { taskToken: string; output: string }) => {
  process.send?.({ answered: service.operations.SendTaskSuccess?.(message) });
});
const timer = setInterval(() => {
  const described = service.operations.DescribeExecution?.({ executionArn }) as { status: string; output?: string };
  if (described.status === 'RUNNING') return;
  note(`ended ${described.status} ${described.output}`);
  clearInterval(timer);
  process.disconnect?.();
}, 10);
