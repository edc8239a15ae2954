import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { RunWorkflow } from '#shared/application/payouts/ports';

/** The payout run's workflow in Step Functions. */
export function makeRunWorkflow(options: { client: SFNClient; machineArn?: string | undefined }): RunWorkflow {
  const { client, machineArn } = options;
  return {
    start: ({ name, input }) => startOnce({ client, machineArn }, name, input),
    async resume(token, output) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
        return true;
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken) {
          return false;
        }
        throw error;
      }
    },
  };
}

/** Starts an execution whose name follows from what it is about: an earlier delivery of the same event may have done so. */
export async function startOnce(
  machine: { readonly client: SFNClient; readonly machineArn?: string | undefined },
  name: string,
  input: object,
): Promise<void> {
  try {
    await machine.client.send(
      new StartExecutionCommand({ stateMachineArn: machine.machineArn, name, input: JSON.stringify(input) }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
