import type { ApiClient } from '../../api-client.ts';

/** Whose agency takes the course, and is shown its way to the next tier. */
const PARTNER = 'germany';
const COURSE_ID = 'selling-with-care';
const COURSE = {
  title: 'Selling with care',
  certification: COURSE_ID,
  validityMonths: 12,
  modules: [
    {
      moduleId: 'quiz',
      title: 'What a recommendation must say',
      estimatedMinutes: 5,
      quiz: {
        passPercent: 100,
        questions: [
          {
            questionId: 'paid',
            text: 'You are paid for a recommendation. Where do you say so?',
            kind: 'single',
            answers: [
              { answerId: 'imprint', text: 'On a page of its own' },
              { answerId: 'beside', text: 'Beside the recommendation' },
            ],
            correct: ['beside'],
            explanation: 'Whoever reads it has to see it before they follow the link.',
          },
        ],
      },
    },
  ],
};

type Training = { courses: { courseId: string; status: string }[] };

/** An agency passes a course and is certified by it. Can be repeated: a course that was passed stays so. */
export async function passCourse(manager: ApiClient, partner: ApiClient, programId: string): Promise<void> {
  const base = `/v1/programs/${programId}`;
  const training = `${base}/partners/${PARTNER}/training`;
  const { courses } = await partner.get<Training>(training);
  const known = courses.find(({ courseId }) => courseId === COURSE_ID);
  if (known?.status === 'completed') return;
  if (!known) {
    const course = `${base}/courses/${COURSE_ID}`;
    const { revision } = await manager.put<{ revision: number }>(course, COURSE);
    await manager.post(`${course}/publish`, { revision });
  }
  await partner.post(`${training}/${COURSE_ID}/start`, {});
  await partner.post(
    `${training}/${COURSE_ID}/modules/quiz/attempts`,
    { answers: [{ questionId: 'paid', answerIds: ['beside'] }] },
    { idempotencyKey: `online-retail-${COURSE_ID}` },
  );
}

type Partner = { partnerId: string };
type PartnerDetail = { name: string; tiers: { tier: string; from: string; reason: string }[] };

/** Every partner that rose, and why. */
export async function promotions(manager: ApiClient, programId: string): Promise<readonly string[]> {
  const base = `/v1/programs/${programId}/partners`;
  const lines: string[] = [];
  for (const { partnerId } of await manager.list<Partner>(`${base}?limit=200`)) {
    const { name, tiers } = await manager.get<PartnerDetail>(`${base}/${partnerId}`);
    for (const { tier, from, reason } of tiers.slice(1)) {
      lines.push(`  ${name} is ${tier} from ${from.slice(0, 10)}: ${reason}`);
    }
  }
  return lines;
}

/** How far an agency is from its next tier now, in plain words: what it brought in 2010 counts no more. */
export async function progressNow(manager: ApiClient, programId: string): Promise<string> {
  const path = `/v1/programs/${programId}/partners/${PARTNER}/tier-progress`;
  const { summary } = await manager.get<{ summary: string }>(path);
  return `Germany agency today: ${summary}`;
}
