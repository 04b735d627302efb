import { Skeleton } from 'antd';
import type { ItemDetail } from '../../../bank/bank.contract.ts';
import { ITEM_TYPE_NAMES } from '../../../bank/item.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { useLoad } from '../lib/load.ts';
import { LEVEL_SHORT } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State } from '../lib/state.tsx';
import { ItemActions } from './item-actions.tsx';
import { ItemPaper, ItemSecret } from './item-body.tsx';
import { ITEM_TONES } from './items.tsx';
import { bankMessages } from './messages.ts';
import type { SyllabusHandle } from './syllabus.ts';

/** One item beside the list: stem, options, key for authors and reviewers, versions, moves. */
export function ItemDrawer({
  itemId,
  syllabus,
  onClose,
  onMoved,
}: {
  itemId: string | undefined;
  syllabus: SyllabusHandle;
  onClose(): void;
  onMoved(): void;
}) {
  const text = useText(bankMessages);
  const load = useLoad<ItemDetail>(
    itemId === undefined ? undefined : `/api/bank/items/${encodeURIComponent(itemId)}`,
  );
  const item = load.data;
  return (
    <SidePanel
      open={itemId !== undefined}
      onClose={onClose}
      title={text('itemTitle', { id: itemId ?? '' })}
      footer={
        item !== undefined && (
          <ItemActions
            item={item}
            onMoved={() => {
              load.reload();
              onMoved();
            }}
          />
        )
      }
    >
      <Refusal error={load.error} onRetry={load.reload} />
      {item === undefined ? (
        load.loading && <Skeleton active />
      ) : (
        <>
          <ItemFacts item={item} syllabus={syllabus} />
          <ItemPaper item={item} />
          <ItemSecret item={item} />
          <Versions item={item} />
        </>
      )}
    </SidePanel>
  );
}

function ItemFacts({ item, syllabus }: { item: ItemDetail; syllabus: SyllabusHandle }) {
  const text = useText(bankMessages);
  const of = useOf();
  const content = syllabus.content(item.content);
  const about = content?.[item.about.kind === 'ability' ? 'abilities' : 'knowledge'][item.about.index];
  const facts: [label: keyof typeof bankMessages, value: React.ReactNode][] = [
    ['status', <State tone={ITEM_TONES[item.status]}>{text(item.status)}</State>],
    ['level', of(LEVEL_SHORT[item.level])],
    ['type', of(ITEM_TYPE_NAMES[item.body.type])],
    ['difficulty', text(item.difficulty)],
    ['points', item.points],
    ['version', item.version],
    ['content', `${item.content} ${content?.name ?? ''}`],
    ['about', `${text(item.about.kind)}${about === undefined ? '' : ` · ${about}`}`],
    ...(item.enemies.length > 0
      ? ([['enemies', item.enemies.join(' · ')]] as [keyof typeof bankMessages, string][])
      : []),
  ];
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{text(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Versions({ item }: { item: ItemDetail }) {
  const text = useText(bankMessages);
  return (
    <section className="tight">
      <h2>{text('versions')}</h2>
      <ul className="versions">
        {item.versions.map((entry) => (
          <li key={entry.version}>
            {text('versionLine', { version: entry.version, at: dateTimeText(entry.at) })}{' '}
            <code className="digest">{entry.digest.slice(0, 12)}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
