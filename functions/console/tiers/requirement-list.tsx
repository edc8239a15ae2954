import type { JSX } from 'preact';
import type { Visit } from '#functions/console/web/page';
import type { RequirementJson } from '#shared/contracts/partners/tiers/tier-requirement';
import { conditionWords, isNothing } from './tier-words.ts';

type Props = { readonly visit: Pick<Visit, 'programme' | 'format'>; readonly requires: RequirementJson };

/** What a tier asks for: sentences, and lists where several things are joined. */
export function Requirement({ visit, requires }: Props): JSX.Element {
  if (isNothing(requires)) return <>Nothing: everybody reaches it.</>;
  if (!('all' in requires) && !('any' in requires)) {
    return <>{capital(conditionWords(requires, visit.programme.currency, visit.format))}</>;
  }
  const [join, parts] = 'all' in requires ? (['All of', requires.all] as const) : (['Any of', requires.any] as const);
  if (parts.length === 1 && parts[0]) return <Requirement visit={visit} requires={parts[0]} />;
  return (
    <>
      {join}
      <ul class="mb-0">
        {parts.map((part, at) => (
          <li key={at}>
            <Requirement visit={visit} requires={part} />
          </li>
        ))}
      </ul>
    </>
  );
}

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
