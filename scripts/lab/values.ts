import type { CandidateForm, CandidateItem } from '../../src/assembly/form.contract.ts';

/** The items of a paper that can be answered. */
export const itemsOf = (form: CandidateForm): CandidateItem[] =>
  form.parts.flatMap((part) => [...part.items]);

/** An answer that fits the item; another for each `n`, as far as the item has that many. */
export function answerTo(item: CandidateItem, n: number): unknown {
  switch (item.type) {
    case 'single':
      return item.options[n % item.options.length]?.id;
    case 'multiple': {
      const mask = 1 + (n % (2 ** item.options.length - 1));
      return item.options.filter((_, i) => (mask & (2 ** i)) !== 0).map(({ id }) => id);
    }
    case 'true-false':
      return n % 2 === 0;
    case 'numeric':
      return String(n);
    case 'ordering': {
      const ids = item.options.map(({ id }) => id);
      const turn = n % ids.length;
      return [...ids.slice(turn), ...ids.slice(0, turn)];
    }
    case 'matching':
      return Object.fromEntries(
        item.prompts.map(({ id }, i) => [id, item.options[(i + n) % item.options.length]?.id]),
      );
    case 'scenario':
      return [{ op: 'set', path: '/note', value: String(n) }];
  }
}
