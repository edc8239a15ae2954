/** A task that calls a function with what came in, and passes on what it answers. */
export const invoke = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
/** A task that goes on when its token comes back. */
export const waitForToken = (name: string, more: object = {}) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: name, Payload: { token: '{% $states.context.Task.Token %}' } },
  ...more,
});
/** A machine of one state. */
export const one = (state: object) => ({ StartAt: 'Only', States: { Only: { End: true, ...state } } });
