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
    async start({ name, input }) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }),
        );
      } catch (error) {
        // The name follows from the run: it was started by an earlier delivery of the same event.
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
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
