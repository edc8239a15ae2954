import { Failure } from '#shared/application/failure';
import { fileTypeOf } from '#shared/application/partners/training/file-type';
import type {
  CourseFile,
  CourseFiles,
  CourseStore,
  TrainingReads,
} from '#shared/application/partners/training/training-ports';
import type { Clock, Digest } from '#shared/application/ports';
import type { ProgramReader } from '#shared/application/programs';
import { filesOf } from '#shared/domain/partner/training/course';
import { toInstant } from '#shared/domain/time/instant';

/** Each version of a course names what it needs; more files than this nobody keeps in order. */
export const MAX_FILES = 200;
/** Of the SHA-256 of the bytes, in hex: 128 bits. */
const FILE_ID_DIGITS = 32;

type Dependencies = { courses: CourseStore; files: CourseFiles };

/**
 * Stores a file for a course; it need not exist yet. The bytes are stored before anybody can name them.
 * @throws Failure unknown_program, unsupported_media_type (the bytes are not what they are sent as), invalid_request (too many files)
 */
export function makeUploadCourseFile(
  deps: Dependencies & { programs: Pick<ProgramReader, 'get'>; digest: Digest; clock: Clock },
) {
  const { programs, courses, files, digest, clock } = deps;
  return async (input: {
    readonly programId: string;
    readonly courseId: string;
    readonly name: string;
    /** As it was sent; `undefined`: it came packed. */
    readonly sentAs: string | undefined;
    readonly bytes: Uint8Array;
    readonly by: string;
  }): Promise<{ readonly file: CourseFile; readonly isNew: boolean }> => {
    const { programId, courseId, name, sentAs, bytes, by } = input;
    await programs.get(programId);
    const mediaType = fileTypeOf(bytes, sentAs);
    const fileId = digest(bytes).slice(0, FILE_ID_DIGITS);
    const known = await courses.files(programId, courseId);
    const same = known.find((file) => file.fileId === fileId);
    if (same) return { file: same, isNew: false };
    if (known.length >= MAX_FILES) {
      throw new Failure('invalid_request', `A course has at most ${MAX_FILES} files. Use one of them, or a link.`);
    }
    const uploaded = { at: toInstant(clock()), by };
    const file: CourseFile = { fileId, name, mediaType, sizeBytes: bytes.byteLength, uploaded };
    await files.put(programId, courseId, file, bytes);
    if ((await courses.addFile(programId, courseId, file)) === 'added') return { file, isNew: true };
    return { file: (await courses.file(programId, courseId, fileId)) ?? file, isNew: false };
  };
}

/**
 * A file of a course. Partners get those of the published version and of versions that they began, and no others.
 * @throws Failure not_found
 */
export function makeGetCourseFile({
  courses,
  files,
  training,
}: Dependencies & { training: Pick<TrainingReads, 'progress'> }) {
  const versionsFor = async (
    programId: string,
    courseId: string,
    partnerIds: readonly string[],
  ): Promise<readonly number[]> => {
    const [course, ...progresses] = await Promise.all([
      courses.course(programId, courseId),
      ...partnerIds.map((partnerId) => training.progress(programId, partnerId, courseId)),
    ]);
    const offered = course?.published && !course.retired ? [course.published.version] : [];
    return [...new Set([...offered, ...progresses.flatMap((progress) => (progress ? [progress.courseVersion] : []))])];
  };

  return async (input: {
    readonly programId: string;
    readonly courseId: string;
    readonly fileId: string;
    /** For whom; `undefined`: for those who write courses. */
    readonly partnerIds?: readonly string[] | undefined;
  }): Promise<{ readonly file: CourseFile; readonly bytes: Uint8Array }> => {
    const { programId, courseId, fileId, partnerIds } = input;
    const isShown = async (version: number): Promise<boolean> => {
      const found = await courses.version(programId, courseId, version);
      return found !== undefined && filesOf(found.content).includes(fileId);
    };
    const file = await courses.file(programId, courseId, fileId);
    const shown =
      partnerIds === undefined ||
      (await Promise.all((await versionsFor(programId, courseId, partnerIds)).map(isShown))).includes(true);
    if (!file || !shown) throw new Failure('not_found', 'There is no such file.');
    return { file, bytes: await files.get(programId, courseId, fileId) };
  };
}
