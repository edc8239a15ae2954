import type { JSX } from 'preact';
import { Badge, ButtonLink, Card, Empty, Grid, Progress, Stack, Table, Time } from '#console/ui/parts';
import { definePage, type Visit, view } from '#functions/console/web/page';
import { getTrainingRoute } from '#shared/contracts/partners/training/get-training';
import { PARTNER_PATH, partnerBase, partnerParams } from './care-paths.ts';
import {
  CERTIFICATE_STATES,
  type Certificate,
  COURSE_STATES,
  minutesWords,
  TRAINING_READERS,
} from './training-words.ts';

/** Courses with what is next, and the certificates that they earned. */
export const showTraining = definePage({
  name: 'show-training',
  path: `${PARTNER_PATH}/training`,
  access: TRAINING_READERS,
  show: async (visit) => {
    const { courses, certificates } = await visit.api.call(getTrainingRoute, { params: partnerParams(visit.params) });
    const base = `${partnerBase(visit.params)}/training`;
    return view({
      title: 'Training',
      lead: 'Short courses with a certificate. Some tiers ask for one.',
      body: (
        <Stack>
          {courses.length === 0 ? (
            <Card>
              <Empty icon="training" title="There is no course yet">
                Courses that {visit.programme.name} publishes appear here.
              </Empty>
            </Card>
          ) : (
            <Grid wide>
              {courses.map((course) => (
                <Card
                  key={course.courseId}
                  title={<a href={`${base}/${encodeURIComponent(course.courseId)}`}>{course.title}</a>}
                  actions={<Badge tone={COURSE_STATES[course.status][0]}>{COURSE_STATES[course.status][1]}</Badge>}
                >
                  {course.description ? <p class="said">{course.description}</p> : null}
                  {course.status === 'not_started' ? null : (
                    <Progress
                      doneBps={course.progressPercent * 100}
                      label={`${course.progressPercent} % of ${course.title} done`}
                    />
                  )}
                  <p class="text-secondary">
                    {course.status === 'completed'
                      ? `Certifies you in ${course.certification}.`
                      : `${minutesWords(course.minutesLeft)} left. Certifies you in ${course.certification}.`}
                  </p>
                  {course.next ? <p>Next: {course.next.title}</p> : null}
                  <ButtonLink href={`${base}/${encodeURIComponent(course.courseId)}`}>{OPEN[course.status]}</ButtonLink>
                </Card>
              ))}
            </Grid>
          )}
          <Certificates items={certificates} visit={visit} base={partnerBase(visit.params)} />
        </Stack>
      ),
    });
  },
});

const OPEN = { not_started: 'Look at it', in_progress: 'Go on', completed: 'Open' } as const;

function Certificates({
  items,
  visit,
  base,
}: {
  readonly items: readonly Certificate[];
  readonly visit: Visit;
  readonly base: string;
}): JSX.Element {
  return (
    <Card title="Certificates" flush>
      {items.length === 0 ? (
        <Empty icon="certificate" title="No certificate yet">
          Finish a course, and its certificate appears here.
        </Empty>
      ) : (
        <Table
          caption="Certificates"
          rows={items}
          keyOf={({ certificationId }) => certificationId}
          columns={[
            {
              label: 'Certificate',
              cell: (one) => (
                <a href={`${base}/certificates/${encodeURIComponent(one.certificationId)}`}>
                  {one.title ?? one.certification}
                </a>
              ),
            },
            { label: 'Earned', cell: (one) => <Time at={one.certifiedAt} format={visit.format} as="day" /> },
            {
              label: 'Valid until',
              isMinor: true,
              cell: (one) => (one.expiresAt ? <Time at={one.expiresAt} format={visit.format} as="day" /> : 'no end'),
            },
            {
              label: 'State',
              cell: ({ status }) => <Badge tone={CERTIFICATE_STATES[status][0]}>{CERTIFICATE_STATES[status][1]}</Badge>,
            },
          ]}
        />
      )}
    </Card>
  );
}
