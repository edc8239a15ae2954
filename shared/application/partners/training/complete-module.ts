import { Failure } from '#shared/application/failure';
import {
  makeTakeStep,
  requireSelf,
  type TakeCourse,
  type Taken,
  type TakingDependencies,
} from '#shared/application/partners/training/take-course';
import type { StoredProgress } from '#shared/application/partners/training/training-ports';
import { isDone, type ModuleOutline, markDone } from '#shared/domain/partner/training/progress';

export type CompleteModule = TakeCourse & { readonly moduleId: string };

/**
 * Marks a module without a quiz as done, once; with the last one the certificate is earned.
 * @throws Failure forbidden, not_found, module_not_open (not started, or it has a quiz), temporarily_unavailable
 */
export function makeCompleteModule(deps: TakingDependencies): (input: CompleteModule) => Promise<Taken> {
  const takeStep = makeTakeStep(deps);
  return async (input) => {
    requireSelf(input);
    return takeStep(input, async (before, { now }) => {
      const { progress, module } = openModule(before, input.moduleId);
      if (isDone(progress, module.moduleId)) return {};
      if (module.hasQuiz) {
        throw new Failure(
          'module_not_open',
          'This module is done once its quiz is passed: send it by POST .../attempts.',
        );
      }
      return { progress: markDone(progress, module.moduleId, now) };
    });
  };
}

/** @throws Failure module_not_open before the start, not_found for a module that the begun version does not have */
export function openModule(
  progress: StoredProgress | undefined,
  moduleId: string,
): { readonly progress: StoredProgress; readonly module: ModuleOutline } {
  if (!progress) throw new Failure('module_not_open', 'Start the course first: POST .../start.');
  const module = progress.modules.find((candidate) => candidate.moduleId === moduleId);
  if (!module) throw new Failure('not_found', 'The version of the course that you began has no such module.');
  return { progress, module };
}
