import type { CandidateForm, CandidateItem, FormKey } from '../../../assembly/form.contract.ts';
import type { Text } from '../../../shared/text.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { CriteriaTable } from './criteria.tsx';
import { assemblyMessages } from './messages.ts';

/** A frozen paper in its own order, in the language of the page; keys where they have been asked for. */
export function PaperPreview({ form, keys }: { form: CandidateForm; keys: ReadonlyMap<string, FormKey> }) {
  const text = useText(assemblyMessages);
  const of = useOf();
  return (
    <article className="paper">
      <h2>{of(form.title)}</h2>
      {form.parts.map((part) => (
        <section key={part.id}>
          <h3>{text('partHead', { title: of(part.title), points: part.points })}</h3>
          {part.kind === 'on-site' ? (
            <>
              <p className="task">{of(part.task)}</p>
              <CriteriaTable criteria={part.criteria} />
            </>
          ) : (
            <ol className="paper-items">
              {part.items.map((item, index) => (
                <Item key={item.itemId} item={item} number={index + 1} itemKey={keys.get(item.itemId)} />
              ))}
            </ol>
          )}
        </section>
      ))}
    </article>
  );
}

function Item({
  item,
  number,
  itemKey,
}: {
  item: CandidateItem;
  number: number;
  itemKey: FormKey | undefined;
}) {
  const text = useText(assemblyMessages);
  const of = useOf();
  return (
    <li>
      <small className="muted number">
        {text('itemHead', { n: number, points: item.points, id: item.itemId })}
      </small>
      {item.type === 'scenario' ? (
        <>
          <strong>{of(item.scenario.title)}</strong>
          <p className="task">{of(item.scenario.brief)}</p>
        </>
      ) : (
        <p className="task">{of(item.stem)}</p>
      )}
      {item.type === 'matching' && <Lines lines={item.prompts} />}
      {'options' in item && <Lines lines={item.options} />}
      {item.type === 'numeric' && <p className="muted">{of(item.unit)}</p>}
      {itemKey !== undefined && (
        <p className="state ok">
          ✓ {text('key')}: <KeyText itemKey={itemKey} />
        </p>
      )}
    </li>
  );
}

function Lines({ lines }: { lines: readonly { id: string; text: Text }[] }) {
  const of = useOf();
  return (
    <ul className="paper-options">
      {lines.map((line) => (
        <li key={line.id}>
          <strong>{line.id}</strong> {of(line.text)}
        </li>
      ))}
    </ul>
  );
}

function KeyText({ itemKey }: { itemKey: FormKey }) {
  const text = useText(assemblyMessages);
  switch (itemKey.type) {
    case 'single':
      return itemKey.key;
    case 'multiple':
      return itemKey.key.join(' ');
    case 'true-false':
      return text(itemKey.key ? 'right' : 'wrong');
    case 'numeric':
      return `${itemKey.key.value} ± ${itemKey.key.tolerance}`;
    case 'ordering':
      return itemKey.key.join(' → ');
    case 'matching':
      return Object.entries(itemKey.key)
        .map(([prompt, option]) => `${prompt} – ${option}`)
        .join(' · ');
    case 'scenario':
      return text('checks', { n: itemKey.checks.length });
  }
}
