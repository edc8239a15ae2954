import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem } from '#infra/api-client';
import { eventually } from '#test/support/eventually';
import { type SharedStack, sharedLocalStack } from '#test/support/local-stack';
import { asPartner } from '#test/support/partner-token';
import { aPartner, aProgramme } from '#test/support/programme';

const SECRET = 'tenth of march';
const COURSE = {
  title: 'Product basics',
  certification: 'product-basics',
  validityMonths: 12,
  modules: [
    {
      moduleId: 'guide',
      title: 'Read the guide',
      estimatedMinutes: 20,
      content: [{ kind: 'link', title: 'Guide', url: 'https://learn.example/guide' }],
    },
    {
      moduleId: 'test',
      title: 'What you know',
      estimatedMinutes: 10,
      quiz: {
        passPercent: 100,
        shuffle: true,
        questions: [
          {
            questionId: 'launch',
            text: 'When was it launched?',
            kind: 'single',
            answers: [
              { answerId: 'a', text: 'In May' },
              { answerId: 'b', text: 'In March' },
            ],
            correct: ['b'],
            explanation: SECRET,
          },
        ],
      },
    },
  ],
};

let stack: SharedStack;
let programs: string;
let ada: ApiClient;
let token: string;

beforeAll(async () => {
  stack = await sharedLocalStack();
  const programId = await aProgramme(stack.as('admin'));
  programs = `/v1/programs/${programId}`;
  for (const partnerId of ['ada', 'noor']) await aPartner(stack.as('partner_manager'), programId, partnerId);
  ada = await asPartner(stack, `ada.${programId}@partners.example`);
  token = stack.endpoints.people.find(({ role }) => role === 'partner_manager')?.token ?? '';
});

const refusal = async (attempt: Promise<unknown>): Promise<ApiProblem> => {
  const outcome = await attempt.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(ApiProblem);
  return outcome as ApiProblem;
};
/** Nothing that tells which answer is correct. */
const leakless = <T>(answer: T): T => {
  expect(JSON.stringify(answer)).not.toMatch(new RegExp(`"correct":\\[|${SECRET}`));
  return answer;
};

describe('a course', () => {
  it('is written, given a file and published; its partner fails, passes and is certified, and reads no answer before', async () => {
    const manager = stack.as('partner_manager');
    const course = `${programs}/courses/basics`;
    const upload = await fetch(new URL(`${course}/files?name=Pr%C3%A4sentation.pdf`, stack.endpoints.apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/pdf' },
      body: '%PDF-1.7 slides',
    });
    expect(upload.status).toBe(201);
    const { fileId } = (await upload.json()) as { fileId: string };
    const [guide, test] = COURSE.modules;
    const content = [...(guide?.content ?? []), { kind: 'file', title: 'Slides', fileId }];
    const draft = await manager.put<{ revision: number }>(course, {
      ...COURSE,
      modules: [{ ...guide, content }, test],
    });
    const training = `${programs}/partners/ada/training`;
    expect(await refusal(ada.get(`${training}/basics`))).toMatchObject({ status: 404 });
    expect(await refusal(ada.get(course))).toMatchObject({ status: 403 });
    await manager.post(`${course}/publish`, { revision: draft.revision });

    const begun = leakless(await ada.post<Record<string, unknown>>(`${training}/basics/start`, {}));
    expect(begun).toMatchObject({
      status: 'in_progress',
      progressPercent: 0,
      next: { moduleId: 'guide', action: 'read' },
    });
    const file = await fetch(new URL(`${course}/files/${fileId}`, stack.endpoints.apiUrl), {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await file.text()).toBe('%PDF-1.7 slides');
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Pr_sentation.pdf"; filename*=UTF-8''Pr%C3%A4sentation.pdf`,
      'x-content-type-options': 'nosniff',
    });
    expect(await ada.text(`${course}/files/${fileId}`)).toBe('%PDF-1.7 slides');

    await ada.post(`${training}/basics/modules/guide/done`, {});
    const attempts = `${training}/basics/modules/test/attempts`;
    const answering = (answerId: string) => ({ answers: [{ questionId: 'launch', answerIds: [answerId] }] });
    const slip = await refusal(ada.post(attempts, { answers: [] }));
    expect(slip.problem).toMatchObject({ errors: [{ pointer: '/answers' }] });
    const failed = leakless(await ada.post<Record<string, unknown>>(attempts, answering('a')));
    expect(failed).toMatchObject({ passed: false, scorePercent: 0, attemptsLeftToday: 2, progressPercent: 50 });
    leakless(await ada.get(`${training}/basics`));

    const once = { idempotencyKey: 'second-try' };
    const passed = await ada.post<Record<string, unknown>>(attempts, answering('b'), once);
    expect(passed).toMatchObject({
      ...{ number: 2, passed: true, scorePercent: 100, progressPercent: 100 },
      certificate: { certificationId: 'training:basics:1', status: 'valid', title: 'Product basics' },
      explanations: [{ questionId: 'launch', explanation: SECRET }],
    });
    expect(await ada.post(attempts, answering('b'), once)).toEqual(passed);
    expect(await ada.get(training)).toMatchObject({
      courses: [{ courseId: 'basics', status: 'completed', progressPercent: 100 }],
      certificates: [{ certification: 'product-basics', status: 'valid' }],
    });
    leakless(await ada.get(`${training}/basics`));
    const { certifications } = await manager.get<{ certifications: unknown[] }>(`${programs}/partners/ada`);
    expect(certifications).toMatchObject([{ certificationId: 'training:basics:1', certification: 'product-basics' }]);
    expect(await ada.list(`${training}/basics/attempts`)).toMatchObject([{ number: 2 }, { number: 1, passed: false }]);
  });

  it('is taken by its partner alone, and what it earned is revoked with a reason that the partner reads', async () => {
    const manager = stack.as('partner_manager');
    for (const path of ['training', 'training/basics', 'training/basics/attempts', 'certificates/training:basics:1']) {
      expect(await refusal(ada.get(`${programs}/partners/noor/${path}`))).toMatchObject({ status: 404 });
    }
    expect(await refusal(ada.post(`${programs}/partners/noor/training/basics/start`, {}))).toMatchObject({
      status: 404,
    });
    expect(await refusal(manager.post(`${programs}/partners/ada/training/basics/start`, {}))).toMatchObject({
      status: 403,
    });

    const revocation = `${programs}/partners/ada/certifications/training:basics:1/revocation`;
    await manager.post(revocation, { reason: 'Somebody else sat the test' });
    expect(await ada.get(`${programs}/partners/ada/certificates/training:basics:1`)).toMatchObject({
      ...{
        status: 'revoked',
        revokedReason: 'Somebody else sat the test',
        partnerName: 'Partner ada',
        courseVersion: 1,
      },
    });
    expect(await ada.post(`${programs}/partners/ada/training/basics/start`, {})).toMatchObject({
      status: 'in_progress',
    });
    const elsewhere = { certification: 'product-basics', certifiedAt: '2026-01-05T09:00:00Z' };
    await manager.post(`${programs}/partners/ada/certifications`, elsewhere);
    await eventually(async () => {
      const chain = await stack.as('finance').get<{ items: { kind: string }[] }>(`${programs}/audit-trail?limit=200`);
      const kinds = chain.items.map(({ kind }) => kind).filter((kind) => kind.startsWith('certification.'));
      expect(kinds.toSorted()).toEqual(['certification.recorded', 'certification.revoked']);
    });
  });
});
