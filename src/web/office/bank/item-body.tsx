import type { ItemDetail, ItemKeyView } from '../../../bank/bank.contract.ts';
import type { Text } from '../../../shared/text.ts';
import { useText } from '../../lib/language.tsx';
import { bankMessages } from './messages.ts';

/** A text in both languages, Chinese first. */
export function Both({ value }: { value: Text }) {
  return (
    <span className="both">
      <span lang="zh-CN">{value.zh}</span>
      <span lang="en">{value.en}</span>
    </span>
  );
}

/** Ids of the options that the key names, to be marked among the options. */
function keyed(secret: ItemKeyView | undefined): ReadonlySet<string> {
  if (secret?.key.type === 'single') return new Set([secret.key.key]);
  return new Set(secret?.key.type === 'multiple' ? secret.key.key : []);
}

/** What candidates see of an item, in both languages; the right options are marked for those who may know. */
export function ItemPaper({ item }: { item: ItemDetail }) {
  const text = useText(bankMessages);
  const { body } = item;
  const right = keyed(item.secret);
  return (
    <section className="tight">
      <h2>{text('stem')}</h2>
      <div className="stem">
        <Both value={body.stem} />
      </div>
      {body.type === 'numeric' && (
        <p>
          {text('unit')}: <Both value={body.unit} />
        </p>
      )}
      {body.type === 'matching' && <h2>{text('prompts')}</h2>}
      {body.type === 'matching' && <OptionList options={body.prompts} right={new Set()} />}
      {'options' in body && <h2>{text('options')}</h2>}
      {'options' in body && <OptionList options={body.options} right={right} />}
    </section>
  );
}

function OptionList({
  options,
  right,
}: {
  options: readonly { id: string; text: Text }[];
  right: ReadonlySet<string>;
}) {
  const text = useText(bankMessages);
  return (
    <ol className="options">
      {options.map((option) => (
        <li key={option.id} className={right.has(option.id) ? 'right' : undefined}>
          <strong>{option.id}</strong>
          <Both value={option.text} />
          {right.has(option.id) && <span className="state ok">✓ {text('key')}</span>}
        </li>
      ))}
    </ol>
  );
}

/** Key and reasons, for authors and reviewers; a line that says so to everyone else. */
export function ItemSecret({ item }: { item: ItemDetail }) {
  const text = useText(bankMessages);
  const { secret } = item;
  if (secret === undefined) return <p className="muted">{text('keyHidden')}</p>;
  const reasons = Object.entries(secret.whyNot);
  return (
    <section className="tight secret">
      <h2>{text('key')}</h2>
      <p className="key-line">
        <KeyLine secret={secret} />
      </p>
      <h2>{text('tests')}</h2>
      <p>{secret.tests}</p>
      <h2>{text('rationale')}</h2>
      <Both value={secret.rationale} />
      {reasons.length > 0 && <h2>{text('whyNot')}</h2>}
      {reasons.length > 0 && (
        <ol className="options">
          {reasons.map(([option, why]) => (
            <li key={option}>
              <strong>{option}</strong>
              <span>{why}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function KeyLine({ secret: { key } }: { secret: ItemKeyView }) {
  const text = useText(bankMessages);
  switch (key.type) {
    case 'single':
      return key.key;
    case 'multiple':
      return key.key.join(' ');
    case 'true-false':
      return text(key.key ? 'right' : 'wrong');
    case 'numeric':
      return text('tolerance', key.key);
    case 'ordering':
      return key.key.join(' → ');
    case 'matching':
      return Object.entries(key.key)
        .map(([prompt, option]) => `${prompt} – ${option}`)
        .join(' · ');
  }
}
