import { beforeEach, describe, expect, it } from 'vitest';
import { aCourse, aModule, answering, aQuestion, aQuiz } from '#test/support/builders/courses';
import { instant } from '#test/support/builders/partners';
import { aTrainingHouse, type TrainingHouse, type TrainingStores } from '#test/support/builders/training-house';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakeCourses } from '#test/support/fakes/training';

let stores: TrainingStores;
let house: TrainingHouse;
beforeEach(async () => {
  const { store, training } = makeMemoryPartners();
  stores = { partners: store, courses: makeFakeCourses(), training };
  house = await aTrainingHouse(stores);
});

const ada = { programId: 'acme', partnerId: 'ada' };
const start = (restart = false) => house.start({ ...house.learner, restart });
const done = (moduleId: string) => house.complete({ ...house.learner, moduleId });
const shown = () => house.readTrainingCourse({ ...ada, courseId: 'basics' });
const certifications = async () => (await stores.partners.standing('acme', 'ada'))?.certifications ?? [];
const onlyReading = aCourse({ modules: [aModule('read')] });

describe('a course that a partner takes', () => {
  it('is offered once it is published, and no draft is', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'not_found' });
    await house.save({ programId: 'acme', courseId: 'basics', content: aCourse(), by: 'person:manager' });
    await expect(start()).rejects.toMatchObject({ code: 'not_found' });
    await expect(shown()).rejects.toMatchObject({ code: 'not_found' });
    expect((await house.readTraining(ada)).courses).toEqual([]);
  });

  it('is taken by its own people alone', async () => {
    await house.offer();
    const staff = { ...house.learner, isPartner: false };
    const refused = { code: 'forbidden', message: expect.stringContaining('certifications') };
    await expect(house.start({ ...staff, restart: false })).rejects.toMatchObject(refused);
    await expect(house.complete({ ...staff, moduleId: 'read' })).rejects.toMatchObject(refused);
    await expect(house.submit({ ...staff, moduleId: 'test', attemptId: 'x', answers: [] })).rejects.toMatchObject(
      refused,
    );
  });

  it('shows what is next, and questions while they can be answered', async () => {
    await house.offer();
    const before = await shown();
    expect(before.course).toMatchObject({ status: 'not_started', progressPercent: 0, minutesLeft: 20, version: 1 });
    expect(before.modules[1]?.quiz).toEqual({ passPercent: 50, attemptsPerDay: 2, questionCount: 2 });
    await start();
    expect((await shown()).course).toMatchObject({ status: 'in_progress', next: { moduleId: 'read', hasQuiz: false } });
    await done('read');
    await done('read');
    const during = await shown();
    expect(during.course).toMatchObject({ progressPercent: 50, next: { moduleId: 'test', hasQuiz: true } });
    expect(during.modules[1]?.quiz?.questions?.map(({ questionId }) => questionId)).toEqual(['q1', 'q2']);
    await house.answer('t1', 'b', 'a');
    const after = await shown();
    expect(after.course).toMatchObject({ status: 'completed', progressPercent: 100, minutesLeft: 0 });
    expect(after.course).not.toHaveProperty('next', expect.anything());
    expect(after.modules[1]?.quiz).not.toHaveProperty('questions');
  });

  it('never shows a correct answer, nor what explains one before it is passed', async () => {
    const secrets = /"correct":\[|Why q/;
    await house.offer(aCourse({ modules: [aModule('test', { quiz: aQuiz({ shuffle: true }) }), aModule('read')] }));
    await start();
    const failed = await house.answer('t1', 'a', 'a');
    expect(JSON.stringify([failed.attempt, await shown(), await house.readTraining(ada)])).not.toMatch(secrets);
    expect(failed.attempt).not.toHaveProperty('wrongQuestions');
    const passed = await house.answer('t2', 'b', 'a');
    expect(passed.attempt).toMatchObject({ scorePercent: 50, wrongQuestions: ['q2'], explanations: [{}, {}] });
    expect(JSON.stringify([await shown(), await house.readTraining(ada)])).not.toMatch(secrets);
  });

  it('names wrong questions of a failed attempt only where its quiz says so', async () => {
    await house.offer(
      aCourse({ modules: [aModule('test', { quiz: aQuiz({ feedback: 'wrong_questions', passPercent: 100 }) })] }),
    );
    await start();
    const { attempt } = await house.answer('t1', 'b', 'a');
    expect(attempt).toMatchObject({ wrongQuestions: ['q2'] });
    expect(attempt).not.toHaveProperty('explanations');
  });

  it('comes in another order with each attempt, and in the same one until then', async () => {
    const questions = Array.from({ length: 12 }, (_, index) => aQuestion(`q${index}`));
    const quiz = aQuiz({ shuffle: true, passPercent: 100, questions });
    await house.offer(aCourse({ modules: [aModule('test', { quiz })] }));
    await start();
    const order = async () => (await shown()).modules[0]?.quiz?.questions?.map(({ questionId }) => questionId);
    const first = await order();
    expect(await order()).toEqual(first);
    expect(first?.toSorted()).toEqual(questions.map(({ questionId }) => questionId).sort());
    await house.submit({ ...house.learner, moduleId: 'test', attemptId: 't1', answers: answering(quiz, 'a') });
    expect(await order()).not.toEqual(first);
  });
});

describe('a quiz', () => {
  it('is answered as often as a day allows, and again the next day', async () => {
    await house.offer();
    await start();
    expect(await house.answer('t1', 'a', 'a')).toMatchObject({ attemptsLeftToday: 1 });
    const nextAttemptAt = instant('2026-03-03T00:00:00Z');
    expect(await house.answer('t2', 'a', 'a')).toMatchObject({ attemptsLeftToday: 0, nextAttemptAt });
    await expect(house.answer('t3', 'b', 'b')).rejects.toMatchObject({
      code: 'quiz_attempts_used',
      extra: { nextAttemptAt },
    });
    await start();
    await expect(house.answer('t3', 'b', 'b')).rejects.toMatchObject({ code: 'quiz_attempts_used' });
    house.at(nextAttemptAt);
    expect(await house.answer('t3', 'b', 'b')).toMatchObject({ attempt: { attempt: { number: 3, passed: true } } });
  });

  it('answers a repeat with the first attempt, also after the course is completed', async () => {
    await house.offer(aCourse({ modules: [aModule('test', { quiz: aQuiz() })] }));
    await start();
    const first = await house.answer('t1', 'b', 'b');
    const again = await house.answer('t1', 'b', 'b');
    expect(again).toEqual(first);
    expect((await house.earned(house.learner, again.taken))?.held.certificationId).toBe('training:basics:1');
    expect((await house.attempts({ ...house.learner, limit: 9 })).items).toHaveLength(1);
  });

  it('counts nothing for what breaks a rule, is not begun, has no quiz or is passed', async () => {
    await house.offer();
    const submit = (moduleId: string, answers = answering(aQuiz(), 'b')) =>
      house.submit({ ...house.learner, moduleId, attemptId: `${moduleId}-${answers.length}`, answers });
    await expect(submit('test')).rejects.toMatchObject({ code: 'module_not_open', message: /Start/ });
    await expect(done('read')).rejects.toMatchObject({ code: 'module_not_open', message: /Start/ });
    await start();
    await expect(submit('test', [])).rejects.toMatchObject({
      code: 'invalid_request',
      message: /no attempt was counted/,
      errors: [{ pointer: '/answers' }, { pointer: '/answers' }],
    });
    await expect(submit('read')).rejects.toMatchObject({ code: 'module_not_open', message: /done/ });
    await expect(submit('other')).rejects.toMatchObject({ code: 'not_found' });
    await expect(done('test')).rejects.toMatchObject({ code: 'module_not_open', message: /quiz/ });
    await expect(done('other')).rejects.toMatchObject({ code: 'not_found' });
    expect((await house.attempts({ ...house.learner, limit: 9 })).items).toEqual([]);
    await submit('test');
    await expect(house.answer('t9', 'b', 'b')).rejects.toMatchObject({ code: 'module_not_open', message: /passed/ });
  });
});

describe('a new version of a course', () => {
  const revised = aCourse({
    title: 'Basics, revised',
    certification: 'basics-two',
    modules: [aModule('read'), aModule('more')],
  });

  it('is begun by newcomers, and by those in the middle only when they start again', async () => {
    await house.offer();
    await start();
    await done('read');
    await house.offer(revised);
    await start();
    expect((await shown()).course).toMatchObject({
      version: 1,
      newerVersion: 2,
      title: 'Product basics',
      progressPercent: 50,
    });
    await start(true);
    expect((await shown()).course).toMatchObject({ version: 2, title: 'Basics, revised', progressPercent: 0 });
    expect((await shown()).course.newerVersion).toBeUndefined();
    await expect(start(true)).rejects.toMatchObject({ code: 'course_not_open', message: /newer/ });
    await done('read');
    await done('more');
    expect(await certifications()).toMatchObject([{ certification: 'basics-two' }]);
  });

  it('gives no attempts back', async () => {
    await house.offer();
    await start();
    await house.answer('t1', 'a', 'a');
    await house.answer('t2', 'a', 'a');
    await house.offer(aCourse({ title: 'Again' }));
    await start(true);
    await expect(house.answer('t3', 'b', 'b')).rejects.toMatchObject({ code: 'quiz_attempts_used' });
  });

  it('of a retired course is finished by who began it, begun by nobody, and comes back when one is published', async () => {
    await house.offer(onlyReading);
    await start();
    await house.retire({ programId: 'acme', courseId: 'basics', by: 'person:manager' });
    await done('read');
    expect(await certifications()).toHaveLength(1);
    house.at('2027-03-01T09:00:00Z');
    await expect(start()).rejects.toMatchObject({ code: 'course_not_open', message: /retired/ });
    expect((await house.readTraining(ada)).courses).toMatchObject([{ status: 'completed' }]);
    await house.offer(onlyReading);
    expect((await start()).progress).toMatchObject({ round: 2, courseVersion: 2 });
  });
});

describe('a certificate', () => {
  it('is renewed near its end by taking the course again, and the new one counts from the end of the old one', async () => {
    await house.offer(onlyReading);
    await start();
    await done('read');
    const renewableFrom = instant('2026-12-02T09:00:00Z');
    await expect(start()).rejects.toMatchObject({ code: 'course_not_open', extra: { renewableFrom } });
    house.at(renewableFrom);
    await start();
    await done('read');
    expect(await certifications()).toMatchObject([
      { certificationId: 'training:basics:1', expiresAt: instant('2027-03-02T09:00:00Z') },
      {
        ...{ certificationId: 'training:basics:2', certifiedAt: renewableFrom },
        expiresAt: instant('2028-03-02T09:00:00Z'),
      },
    ]);
    const { certificates } = await house.readTraining(ada);
    expect(certificates.map(({ held, status, renewableFrom: from }) => [held.certificationId, status, from])).toEqual([
      ['training:basics:2', 'valid', instant('2027-12-03T09:00:00Z')],
      ['training:basics:1', 'valid', undefined],
    ]);
  });

  it('that does not expire is not renewed, and one that was revoked is earned anew at once', async () => {
    await house.offer({ ...onlyReading, validityMonths: undefined });
    await start();
    await done('read');
    await expect(start()).rejects.toMatchObject({ code: 'course_not_open', message: /does not expire/ });
    const revocation = { ...ada, certificationId: 'training:basics:1', reason: 'Copied', by: 'person:manager' };
    await house.revoke(revocation);
    expect(await house.certificate(revocation)).toMatchObject({
      ...{
        status: 'revoked',
        revokedReason: 'Copied',
        title: 'Product basics',
        partnerName: 'Ada & Co',
        courseVersion: 1,
      },
    });
    await start();
    await done('read');
    expect(await certifications()).toMatchObject([
      { revokedAt: expect.any(String) },
      { certificationId: 'training:basics:2' },
    ]);
  });

  it('that has expired or is not there cannot be revoked', async () => {
    await house.offer(onlyReading);
    await start();
    await done('read');
    house.at('2027-03-02T09:00:00Z');
    const revoke = (certificationId: string) =>
      house.revoke({ ...ada, certificationId, reason: 'Late', by: 'person:manager' });
    await expect(revoke('training:basics:1')).rejects.toMatchObject({ code: 'certification_not_held' });
    await expect(revoke('training:basics:9')).rejects.toMatchObject({ code: 'not_found' });
    await expect(house.certificate({ ...ada, certificationId: 'other' })).rejects.toMatchObject({ code: 'not_found' });
    expect((await house.readTraining(ada)).certificates).toMatchObject([{ status: 'expired' }]);
  });
});
