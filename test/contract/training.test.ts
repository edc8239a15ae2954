import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCourseStore } from '#shared/adapters/dynamodb/partners/courses';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeTrainingStore } from '#shared/adapters/dynamodb/partners/training';
import { aCourse, aModule } from '#test/support/builders/courses';
import { instant } from '#test/support/builders/partners';
import { aTrainingHouse, type TrainingHouse, type TrainingStores } from '#test/support/builders/training-house';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakeCourses } from '#test/support/fakes/training';
import { aPartnersTable, type PartnersTable } from '#test/support/partners-table';

let table: PartnersTable;
beforeAll(async () => {
  table = await aPartnersTable();
});
afterAll(() => table?.stop());

const onEngine = (): TrainingStores => ({
  partners: makePartnerStore(table),
  courses: makeCourseStore(table),
  training: makeTrainingStore(table),
});
const inMemory = (): TrainingStores => {
  const { store, training } = makeMemoryPartners();
  return { partners: store, courses: makeFakeCourses(), training };
};

const implementations: readonly [string, () => TrainingStores][] = [
  ['on the engine', onEngine],
  ['in memory', inMemory],
];

describe.each(implementations)('training %s', (_name, make) => {
  let stores: TrainingStores;
  let house: TrainingHouse;
  let programId = '';
  let programs = 0;
  beforeEach(async () => {
    stores = make();
    programs += 1;
    programId = `program-${programs}`;
    house = await aTrainingHouse(stores, programId);
  });

  it('gives back a course as it was saved, and keeps what was published for ever', async () => {
    const content = aCourse();
    await house.offer(content);
    await house.offer(aCourse({ title: 'Basics, revised' }));
    const { course, version } = await house.read({ programId, courseId: 'basics', version: 1 });
    expect(version).toMatchObject({ version: 1, content, saved: { by: 'person:manager' } });
    expect(course).toMatchObject({ revision: 4, latestVersion: 2, published: { version: 2 } });
    expect(course).not.toHaveProperty('draftVersion');
    const edited = { ...course, revision: 5 };
    expect(await stores.courses.save(programId, edited, { ...version, content: aCourse({ title: 'Edited' }) })).toBe(
      'stale',
    );
    expect((await stores.courses.course(programId, 'basics'))?.revision).toBe(4);
    expect(await stores.courses.courses(programId)).toEqual([course]);
    expect(await stores.courses.courses(`${programId}-other`)).toEqual([]);
  });

  it('lets one of several saves of the same revision through', async () => {
    await house.offer();
    const save = (title: string) =>
      house.save({ programId, courseId: 'basics', content: aCourse({ title }), revision: 2, by: `person:${title}` });
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(save));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'course_changed', extra: { revision: 3 } });
    }
  });

  it('keeps files by their id, the first of each', async () => {
    const file = {
      fileId: 'f1',
      name: 'guide.pdf',
      mediaType: 'application/pdf',
      sizeBytes: 9,
      uploaded: { at: instant('2026-03-02T09:00:00Z'), by: 'person:manager' },
    };
    expect(await stores.courses.addFile(programId, 'basics', file)).toBe('added');
    expect(await stores.courses.addFile(programId, 'basics', { ...file, name: 'other.pdf' })).toBe('exists');
    expect(await stores.courses.files(programId, 'basics')).toEqual([file]);
    expect(await stores.courses.file(programId, 'basics', 'f1')).toEqual(file);
    expect(await stores.courses.file(programId, 'other', 'f1')).toBeUndefined();
  });

  it('keeps progress, attempts and the certificate, and writes all of a step or nothing', async () => {
    await house.offer();
    await house.start({ ...house.learner, restart: false });
    await house.complete({ ...house.learner, moduleId: 'read' });
    await house.answer('try-1', 'a', 'a');
    await house.answer('try-2', 'b', 'b');
    const progress = await stores.training.progress(programId, 'ada', 'basics');
    expect(progress).toMatchObject({ version: 4, round: 1, attempts: 2, certificationId: 'training:basics:1' });
    expect(await stores.training.allProgress(programId, 'ada')).toEqual([progress]);
    expect(await stores.training.attempt(programId, 'ada', 'try-1')).toMatchObject({
      ...{ number: 1, moduleId: 'test', correct: 0, of: 2, passed: false, wrong: ['q1', 'q2'], passPercent: 50 },
      answers: [
        { questionId: 'q1', answerIds: ['a'] },
        { questionId: 'q2', answerIds: ['a'] },
      ],
    });
    expect(await stores.training.certificate(programId, 'ada', 'training:basics:1')).toEqual({
      ...{ programId, partnerId: 'ada', certificationId: 'training:basics:1', certification: 'product-basics' },
      ...{ courseId: 'basics', courseVersion: 1, title: 'Product basics' },
      earnedAt: instant('2026-03-02T09:00:00Z'),
      expiresAt: instant('2027-03-02T09:00:00Z'),
    });
    const page = await stores.training.attempts(programId, 'ada', 'basics', { limit: 1 });
    expect(page.items.map(({ attemptId }) => attemptId)).toEqual(['try-2']);
    const rest = await stores.training.attempts(programId, 'ada', 'basics', { limit: 5, cursor: page.nextCursor });
    expect(rest.items.map(({ attemptId }) => attemptId)).toEqual(['try-1']);
    expect(rest.nextCursor).toBeUndefined();

    const standing = await stores.partners.standing(programId, 'ada');
    expect(standing?.certifications).toEqual([
      {
        ...{ certificationId: 'training:basics:1', certification: 'product-basics', courseId: 'basics' },
        ...{ certifiedAt: instant('2026-03-02T09:00:00Z'), expiresAt: instant('2027-03-02T09:00:00Z') },
        ...{ recordedAt: instant('2026-03-02T09:00:00Z'), recordedBy: 'training' },
      },
    ]);
    const again = { progress: progress && { ...progress, version: 3 } };
    expect(standing && (await stores.partners.save(standing, undefined, { training: again }))).toBe('stale');
    expect((await stores.partners.standing(programId, 'ada'))?.version).toBe(standing?.version);
  });

  it('makes one certificate of passing attempts at once, and one attempt of repeats at once', async () => {
    await house.offer(aCourse({ modules: [aModule('test', { quiz: aCourse().modules[1]?.quiz })] }));
    await house.start({ ...house.learner, restart: false });
    const outcomes = await Promise.allSettled(['t1', 't2', 't2', 't3', 't1'].map((id) => house.answer(id, 'b', 'b')));
    const certified = (await stores.partners.standing(programId, 'ada'))?.certifications ?? [];
    expect(certified.map(({ certificationId }) => certificationId)).toEqual(['training:basics:1']);
    const passed = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value.attempt.attempt] : [],
    );
    expect(new Set(passed.map(({ attemptId }) => attemptId)).size).toBe(1);
    expect((await stores.training.attempts(programId, 'ada', 'basics', { limit: 9 })).items).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(['module_not_open', 'temporarily_unavailable']).toContain(outcome.reason.code);
    }
  });

  it('never counts fewer attempts than were made at once', async () => {
    await house.offer();
    await house.start({ ...house.learner, restart: false });
    const outcomes = await Promise.allSettled(['t1', 't2', 't3', 't4'].map((id) => house.answer(id, 'a', 'a')));
    const { items } = await stores.training.attempts(programId, 'ada', 'basics', { limit: 9 });
    expect(items.length).toBe(outcomes.filter(({ status }) => status === 'fulfilled').length);
    expect(items.length).toBe(2);
    await expect(house.answer('t5', 'b', 'b')).rejects.toMatchObject({ code: 'quiz_attempts_used' });
  });

  it('revokes once, with the first reason', async () => {
    await house.offer(aCourse({ modules: [aModule('read')] }));
    await house.start({ ...house.learner, restart: false });
    await house.complete({ ...house.learner, moduleId: 'read' });
    const revocation = { programId, partnerId: 'ada', certificationId: 'training:basics:1', by: 'person:manager' };
    house.at('2026-04-01T09:00:00Z');
    await Promise.all(['First', 'Second'].map((reason) => house.revoke({ ...revocation, reason })));
    house.at('2026-05-01T09:00:00Z');
    await house.revoke({ ...revocation, reason: 'Third' });
    const kept = await stores.training.revocation(programId, 'ada', 'training:basics:1');
    expect(kept).toMatchObject({ at: instant('2026-04-01T09:00:00Z'), by: 'person:manager' });
    expect(['First', 'Second']).toContain(kept?.reason);
    const [held] = (await stores.partners.standing(programId, 'ada'))?.certifications ?? [];
    expect(held?.revokedAt).toBe(instant('2026-04-01T09:00:00Z'));
  });
});
