import { Alert, Segmented, Skeleton } from 'antd';
import { Fragment, useState } from 'react';
import type { Coverage, CoverageCell } from '../../../bank/bank.contract.ts';
import { ITEM_TYPES, ITEM_TYPE_NAMES, type ItemType } from '../../../bank/item.contract.ts';
import type { Level } from '../../../shared/levels.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { useLoad } from '../lib/load.ts';
import { useLevelOptions } from '../lib/names.ts';
import { Refusal } from '../lib/refusal.tsx';
import { bankMessages } from './messages.ts';
import { useSyllabus } from './syllabus.ts';

/** Approved items by content and type of one level; what is missing is red. */
export function CoverageTab({ version }: { version: number }) {
  const text = useText(bankMessages);
  const [level, setLevel] = useState<Level>('junior');
  const levels = useLevelOptions();
  const load = useLoad<Coverage>(`/api/bank/coverage?level=${level}`);
  const [seen, setSeen] = useState(version);
  if (seen !== version) {
    setSeen(version);
    load.reload();
  }
  return (
    <div className="stack">
      <div className="toolbar">
        <Segmented aria-label={text('level')} options={levels} value={level} onChange={setLevel} />
        <span className="muted">{text('coverageLead')}</span>
      </div>
      <Refusal error={load.error} onRetry={load.reload} />
      {load.data === undefined ? (
        load.loading && <Skeleton active />
      ) : (
        <>
          <Alert
            type={load.data.uncovered.length > 0 ? 'error' : 'success'}
            showIcon
            title={
              load.data.uncovered.length > 0
                ? text('uncovered', {
                    n: load.data.uncovered.length,
                    codes: load.data.uncovered.join(', '),
                  })
                : text('covered')
            }
          />
          <Matrix level={level} cells={load.data.cells} />
        </>
      )}
    </div>
  );
}

/** The cells of one content and type, over the difficulties. */
function summed(cells: readonly CoverageCell[], content: string, type: ItemType) {
  const own = cells.filter((cell) => cell.content === content && cell.type === type);
  const of = (difficulty: CoverageCell['difficulty']): number =>
    own.filter((cell) => cell.difficulty === difficulty).reduce((sum, cell) => sum + cell.approved, 0);
  return {
    approved: own.reduce((sum, cell) => sum + cell.approved, 0),
    items: own.reduce((sum, cell) => sum + cell.items, 0),
    easy: of('easy'),
    medium: of('medium'),
    hard: of('hard'),
  };
}

function Matrix({ level, cells }: { level: Level; cells: readonly CoverageCell[] }) {
  const text = useText(bankMessages);
  const of = useOf();
  const functions = useSyllabus().functions(level);
  return (
    <div className="scroll coverage-frame">
      <table className="plain coverage">
        <thead>
          <tr>
            <th scope="col">{text('content')}</th>
            {ITEM_TYPES.map((type) => (
              <th key={type} scope="col" className="number">
                {of(ITEM_TYPE_NAMES[type])}
              </th>
            ))}
            <th scope="col" className="number">
              {text('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {functions.map((fn) => (
            <Fragment key={fn.code}>
              <tr className="group">
                <th scope="rowgroup" colSpan={ITEM_TYPES.length + 2}>
                  {fn.code} {fn.name}
                </th>
              </tr>
              {fn.contents.map((content) => (
                <ContentRow key={content.code} code={content.code} name={content.name} cells={cells} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ContentRow({ code, name, cells }: { code: string; name: string; cells: readonly CoverageCell[] }) {
  const text = useText(bankMessages);
  const of = useOf();
  const counts = ITEM_TYPES.map((type) => ({ type, ...summed(cells, code, type) }));
  const total = counts.reduce((sum, count) => sum + count.approved, 0);
  return (
    <tr>
      <th scope="row">
        {code} {name}
      </th>
      {counts.map(({ type, ...count }) => (
        <td
          key={type}
          className={count.approved === 0 ? 'number hole' : 'number'}
          title={text('cell', { content: code, type: of(ITEM_TYPE_NAMES[type]), ...count })}
        >
          {count.approved === 0 ? text('none') : count.approved}
        </td>
      ))}
      <td className={total === 0 ? 'number hole' : 'number'}>
        <strong>{total}</strong>
      </td>
    </tr>
  );
}
