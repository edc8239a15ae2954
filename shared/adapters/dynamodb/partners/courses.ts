import { type DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ifConditionHolds } from '#shared/adapters/dynamodb/conditional';
import { instantField } from '#shared/adapters/dynamodb/money/money-fields';
import {
  courseFileKey,
  courseFilesPk,
  courseKey,
  coursesPk,
  courseVersionKey,
  type Key,
} from '#shared/adapters/dynamodb/partners/partners-keys';
import { queryAll } from '#shared/adapters/dynamodb/query-all';
import type {
  Course,
  CourseFile,
  CourseStore,
  CourseVersion,
} from '#shared/application/partners/training/training-ports';
import type { CourseContent } from '#shared/domain/partner/training/course';

type Table = { readonly documents: DynamoDBDocumentClient; readonly tableName: string };

const deed = { at: instantField, by: z.string() };
const described = {
  title: z.string(),
  description: z.string(),
  certification: z.string(),
  validityMonths: z.int().optional(),
};

const courseSchema = z.object({
  courseId: z.string(),
  revision: z.int(),
  created: z.object(deed),
  changed: z.object({ ...deed, contentHash: z.string() }),
  latestVersion: z.int(),
  draftVersion: z.int().optional(),
  published: z.object({ ...deed, version: z.int() }).optional(),
  retired: z.object(deed).optional(),
  summary: z.object({ ...described, modules: z.int(), estimatedMinutes: z.int() }),
});

const contentSchema = z.object({
  ...described,
  modules: z.array(
    z.object({
      moduleId: z.string(),
      title: z.string(),
      estimatedMinutes: z.int(),
      content: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('link'), title: z.string(), url: z.string() }),
          z.object({ kind: z.literal('file'), title: z.string(), fileId: z.string() }),
        ]),
      ),
      quiz: z
        .object({
          passPercent: z.int(),
          attemptsPerDay: z.int(),
          shuffle: z.boolean(),
          feedback: z.enum(['score', 'wrong_questions']),
          questions: z.array(
            z.object({
              questionId: z.string(),
              text: z.string(),
              kind: z.enum(['single', 'multiple']),
              answers: z.array(z.object({ answerId: z.string(), text: z.string() })),
              correct: z.array(z.string()),
              explanation: z.string().optional(),
            }),
          ),
        })
        .optional(),
    }),
  ),
});

/** One text, so that what was published is what is read, byte for byte. */
const contentField = z.string().transform((text): CourseContent => contentSchema.parse(JSON.parse(text)));

const versionSchema = z.object({
  courseId: z.string(),
  version: z.int(),
  content: contentField,
  saved: z.object(deed),
  published: z.object(deed).optional(),
});

const fileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  uploaded: z.object(deed),
});

/** Courses of a programme in the Partners table: an item a course, one a version, one a file. */
export function makeCourseStore({ documents, tableName: TableName }: Table): CourseStore {
  const get = async <T>(Key: Key, schema: z.ZodType<T>): Promise<T | undefined> => {
    const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item && schema.parse(Item);
  };
  const all = async <T>(pk: string, schema: z.ZodType<T>): Promise<readonly T[]> => {
    const found: T[] = [];
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    };
    for await (const item of queryAll(documents, query)) found.push(schema.parse(item));
    return found;
  };

  return {
    course: (programId, courseId) => get<Course>(courseKey(programId, courseId), courseSchema),
    courses: (programId) => all<Course>(coursesPk(programId), courseSchema),
    version: (programId, courseId, version) =>
      get<CourseVersion>(courseVersionKey(programId, courseId, version), versionSchema),
    async save(programId, course, version) {
      const TransactItems = [
        { Put: { TableName, Item: { ...courseKey(programId, course.courseId), ...course }, ...ofRevision(course) } },
        ...(version ? [{ Put: { TableName, ...versionPut(programId, version) } }] : []),
      ];
      const written = await ifConditionHolds(documents.send(new TransactWriteCommand({ TransactItems })));
      return written ? 'saved' : 'stale';
    },
    file: (programId, courseId, fileId) => get<CourseFile>(courseFileKey(programId, courseId, fileId), fileSchema),
    files: (programId, courseId) => all<CourseFile>(courseFilesPk(programId, courseId), fileSchema),
    async addFile(programId, courseId, file) {
      const Item = { ...courseFileKey(programId, courseId, file.fileId), ...file };
      const ConditionExpression = 'attribute_not_exists(pk)';
      const added = await ifConditionHolds(documents.send(new PutCommand({ TableName, Item, ConditionExpression })));
      return added ? 'added' : 'exists';
    },
  };
}

/** That the stored course is the one before. */
function ofRevision({ revision }: Course) {
  if (revision === 1) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#revision = :before',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':before': revision - 1 },
  };
}

/** What was published never changes, whatever the course says. */
function versionPut(programId: string, version: CourseVersion) {
  const Item = {
    ...courseVersionKey(programId, version.courseId, version.version),
    ...version,
    content: JSON.stringify(version.content),
  };
  return { Item, ConditionExpression: 'attribute_not_exists(published)' };
}
