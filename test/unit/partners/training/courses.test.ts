import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { trainingPuts } from '#shared/adapters/dynamodb/partners/training-items';
import { earnedCertificateOfRecord } from '#shared/adapters/dynamodb/partners/training-stream';
import { certificationEarnedEvent } from '#shared/application/partners/training/publish-certification';
import { domainEventSchema } from '#shared/contracts/events';
import { saveCourseRoute } from '#shared/contracts/partners/training/save-course';
import { uploadCourseFileRoute } from '#shared/contracts/partners/training/upload-course-file';
import { DEFAULT_TIER_SCHEME } from '#shared/domain/partner/tiers/tier-scheme';
import { aCourse, aModule, aQuestion, aQuiz } from '#test/support/builders/courses';
import { instant } from '#test/support/builders/partners';
import { aTrainingHouse, type TrainingHouse } from '#test/support/builders/training-house';
import { makeMemoryPartners } from '#test/support/fakes/partner-store';
import { makeFakeCourses } from '#test/support/fakes/training';

let house: TrainingHouse;
beforeEach(async () => {
  const { store, training } = makeMemoryPartners();
  house = await aTrainingHouse({ partners: store, courses: makeFakeCourses(), training });
});

const by = 'person:manager';
const basics = { programId: 'acme', courseId: 'basics', by };

describe('a course as it is sent', () => {
  const faults = (body: unknown) =>
    saveCourseRoute.body.safeParse(body).error?.issues.map(({ path, message }) => [path.join('/'), message]) ?? [];
  const withQuestion = (question: object) =>
    aCourse({ modules: [aModule('test', { quiz: aQuiz({ questions: [{ ...aQuestion('q1'), ...question }] }) })] });
  const at = 'modules/0/quiz/questions/0';

  it('is taken whole, with what is usual where nothing is said', () => {
    expect(saveCourseRoute.body.parse(aCourse())).toEqual(aCourse());
    const { questions } = aQuiz();
    const modules = [{ moduleId: 'm', title: 'M', estimatedMinutes: 5, quiz: { passPercent: 80, questions } }];
    expect(saveCourseRoute.body.parse({ title: 'T', certification: 'c', modules })).toMatchObject({
      description: '',
      modules: [{ content: [], quiz: { attemptsPerDay: 3, shuffle: false, feedback: 'score' } }],
    });
  });

  it.each([
    [withQuestion({ correct: ['z'] }), `${at}/correct/0`, 'must be the answerId of one of the answers'],
    [withQuestion({ correct: ['a', 'b'] }), `${at}/correct`, 'must name exactly one answer of a single question'],
    [withQuestion({ kind: 'multiple', correct: ['a', 'a'] }), `${at}/correct/1`, 'must be unique'],
    [aCourse({ modules: [aModule('m'), aModule('m')] }), 'modules/1/moduleId', 'must be unique'],
    [
      aCourse({ modules: [aModule('m', { content: [] })] }),
      'modules/0/content',
      'must hold something, or the module a quiz',
    ],
    [aCourse({ certification: 'strategic_fit' }), 'certification', expect.stringContaining('what a manager confirms')],
    ...['http://learn.example', 'javascript:alert(1)', 'https://user:word@learn.example', 'learn'].map((url) => [
      aCourse({ modules: [aModule('m', { content: [{ kind: 'link', title: 'Read', url }] })] }),
      'modules/0/content/0/url',
      expect.stringContaining('https'),
    ]),
  ])('is refused by field and rule: %#', (body, path, message) => {
    expect(faults(body)).toEqual([[path, message]]);
  });

  it.each(['../x.pdf', 'a/b', 'a"b', 'a\nb', '', 'x'.repeat(141)])('takes no file by the name %j', (name) => {
    expect(uploadCourseFileRoute.query.safeParse({ name }).success).toBe(false);
  });
});

describe('a draft', () => {
  it('is saved over the revision that was seen, once, and published as it was on the screen', async () => {
    const first = await house.save({ ...basics, content: aCourse() });
    expect(await house.save({ ...basics, content: aCourse() })).toEqual(first);
    expect(first).toMatchObject({ created: true, course: { revision: 1, draftVersion: 1, latestVersion: 1 } });
    const changed = { code: 'course_changed', extra: { revision: 1 } };
    await expect(house.save({ ...basics, content: aCourse({ title: 'Other' }) })).rejects.toMatchObject(changed);
    await expect(house.publish({ ...basics, revision: 7 })).rejects.toMatchObject(changed);
    await expect(house.save({ ...basics, courseId: 'new', content: aCourse(), revision: 1 })).rejects.toMatchObject({
      code: 'course_changed',
      message: /no such course/,
    });
    const second = await house.save({ ...basics, content: aCourse({ title: 'Other' }), revision: 1 });
    expect(second).toMatchObject({ created: false, course: { revision: 2, latestVersion: 1 } });
    const published = await house.publish({ ...basics, revision: 2 });
    expect(published).toMatchObject({
      course: { revision: 3, published: { version: 1, by }, summary: { title: 'Other' } },
    });
    expect(await house.publish({ ...basics, revision: 2 })).toEqual(published);
    await expect(house.publish({ ...basics, revision: 3 })).rejects.toMatchObject({ code: 'course_not_open' });
    await house.save({ ...basics, content: aCourse({ title: 'Third' }), revision: 3 });
    expect(await house.list({ programId: 'acme' })).toMatchObject([
      { latestVersion: 2, draftVersion: 2, summary: { title: 'Other' } },
    ]);
    expect((await house.read(basics)).version).toMatchObject({ version: 2, content: { title: 'Third' } });
    await expect(house.read({ ...basics, version: 3 })).rejects.toMatchObject({
      code: 'not_found',
      message: /2 is the newest/,
    });
  });

  it('certifies nothing that a manager confirms for a tier', async () => {
    const named = async (confirmation: string, version: number) => {
      const tiers = [{ tier: 'gold', byInvitation: false, requires: { fact: 'confirmation' as const, confirmation } }];
      const recorded = { at: instant('2026-01-01T00:00:00Z'), by, reason: 'Gold' };
      await house.schemes.add({ programId: 'acme', version, scheme: { ...DEFAULT_TIER_SCHEME, tiers }, recorded });
    };
    await named('gold-fit', 1);
    const refused = { code: 'invalid_request', errors: [{ pointer: '/certification' }] };
    await expect(house.save({ ...basics, content: aCourse({ certification: 'gold-fit' }) })).rejects.toMatchObject(
      refused,
    );
    await house.save({ ...basics, content: aCourse({ certification: 'silver-fit' }) });
    await named('silver-fit', 2);
    await expect(house.publish({ ...basics, revision: 1 })).rejects.toMatchObject({ code: 'course_not_open' });
  });

  it('of an unknown programme, or of too many courses, is refused', async () => {
    await expect(house.save({ ...basics, programId: 'other', content: aCourse() })).rejects.toMatchObject({
      code: 'unknown_program',
    });
    for (let index = 0; index < 100; index += 1)
      await house.save({ ...basics, courseId: `c${index}`, content: aCourse() });
    await expect(house.save({ ...basics, content: aCourse() })).rejects.toMatchObject({ message: /at most 100/ });
  });
});

describe('a file of a course', () => {
  const text = (content: string) => new TextEncoder().encode(content);
  const upload = (bytes: Uint8Array, sentAs?: string) => house.upload({ ...basics, name: 'guide.pdf', sentAs, bytes });
  const using = (fileId: string) =>
    aCourse({ modules: [aModule('read', { content: [{ kind: 'file', title: 'Guide', fileId }] })] });

  it.each([
    [text('%PDF-1.7'), 'application/pdf'],
    [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0), 'image/png'],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    [text('Grüße\n\tan alle'), 'text/plain'],
  ])('is what its bytes say: %#', async (bytes, mediaType) => {
    expect(await upload(bytes, mediaType)).toMatchObject({
      isNew: true,
      file: { mediaType, sizeBytes: bytes.byteLength },
    });
    expect(await upload(bytes)).toMatchObject({ isNew: false, file: { mediaType } });
  });

  it.each([
    [text('<script>'), 'application/pdf'],
    [text('%PDF-1.7'), 'image/png'],
    [Uint8Array.of(0x4d, 0x5a, 0x00), 'text/plain'],
    [Uint8Array.of(0xc3, 0x28), undefined],
  ])('is refused as what it is not: %#', async (bytes, sentAs) => {
    await expect(upload(bytes, sentAs)).rejects.toMatchObject({
      code: 'unsupported_media_type',
      errors: [{ pointer: '' }],
    });
    expect(house.files.stored.size).toBe(0);
  });

  it('is there before a module names it, and read by partners only in what they are offered or began', async () => {
    const absent = { code: 'invalid_request', errors: [{ pointer: '/modules/0/content/0/fileId' }] };
    await expect(house.save({ ...basics, content: using('0'.repeat(32)) })).rejects.toMatchObject(absent);
    const { file } = await upload(text('%PDF-1.7'));
    const asked = { ...basics, fileId: file.fileId };
    const forAda = { ...asked, partnerIds: ['ada'] };
    expect((await house.readFile(asked)).bytes).toEqual(text('%PDF-1.7'));
    await expect(house.readFile(forAda)).rejects.toMatchObject({ code: 'not_found' });
    await house.offer(using(file.fileId));
    expect((await house.readFile(forAda)).file.name).toBe('guide.pdf');
    await house.start({ ...house.learner, restart: false });
    await house.offer(aCourse());
    expect((await house.readFile(forAda)).file.name).toBe('guide.pdf');
    await expect(house.readFile({ ...asked, partnerIds: ['noor'] })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the event of a certificate', () => {
  const earned = {
    ...{ programId: 'acme', partnerId: 'ada', certificationId: 'training:basics:1', certification: 'product-basics' },
    ...{ courseId: 'basics', courseVersion: 1, title: 'Product basics', earnedAt: instant('2026-03-02T09:00:00Z') },
    expiresAt: instant('2027-03-02T09:00:00Z'),
  };
  const recordOf = (item: Record<string, unknown> = {}, eventName = 'INSERT') => ({
    eventName,
    dynamodb: { Keys: marshall({ pk: item.pk, sk: item.sk }), NewImage: marshall(item) },
  });

  it('is made of what was stored once, and of nothing else that training stores', () => {
    const [put] = trainingPuts(earned, { certificate: earned });
    const found = earnedCertificateOfRecord(recordOf(put?.item));
    expect(found).toEqual(earned);
    expect(found && domainEventSchema.parse(certificationEarnedEvent(found))).toEqual({
      ...{ type: 'certification.earned', eventId: 'certification-earned~acme~ada~training:basics:1' },
      ...{ programId: 'acme', partnerId: 'ada', occurredAt: earned.earnedAt, expiresAt: earned.expiresAt },
      ...{ certificationId: 'training:basics:1', certification: 'product-basics' },
    });
    expect(earnedCertificateOfRecord(recordOf(put?.item, 'MODIFY'))).toBeUndefined();
    const revocation = { certificationId: 'training:basics:1', reason: 'Copied', at: earned.earnedAt, by };
    const [other] = trainingPuts(earned, { revocation });
    expect(earnedCertificateOfRecord(recordOf(other?.item))).toBeUndefined();
  });
});
