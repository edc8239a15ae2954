import { people, suppressions, table } from '#functions/notifications/mail/mail-composition';
import { type HttpHandler, httpFunction } from '#functions/runtime/http';
import { programs } from '#functions/runtime/programs';
import { makePartnerStore } from '#shared/adapters/dynamodb/partners/partners';
import { makeListMailProblems } from '#shared/application/notifications/mail/list-mail-problems';
import { listMailProblemsRoute } from '#shared/contracts/notifications/list-mail-problems';
import { whatToDoAboutMail } from '#shared/domain/mail/mail-words';

const problemsOf = makeListMailProblems({ suppressions, people, partners: makePartnerStore(table), programs });

export const listMailProblems: HttpHandler<typeof listMailProblemsRoute> = async ({ params, query }) => {
  const { items, nextCursor } = await problemsOf({ ...params, ...query });
  return {
    items: items.map(({ problemId, maskedAddress, reason, since, detail, partners }) => ({
      problemId,
      maskedAddress,
      reason,
      since,
      detail,
      partners,
      whatToDo: whatToDoAboutMail(reason),
    })),
    nextCursor,
  };
};

export const handler = httpFunction(listMailProblemsRoute, listMailProblems);
