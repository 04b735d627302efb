import { Alert } from 'antd';
import { Fragment } from 'react';
import type { CellKind, Conformance, ConformanceCell } from '../../../assembly/assembly.contract.ts';
import type { Text } from '../../../shared/text.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { State } from '../lib/state.tsx';
import { assemblyMessages } from './messages.ts';

const GROUPS: Record<CellKind, keyof typeof assemblyMessages> = {
  part: 'cellPart',
  points: 'cellPoints',
  difficulty: 'cellDifficulty',
  function: 'cellFunction',
  content: 'cellContent',
  overlap: 'cellOverlap',
  enemies: 'cellEnemies',
  scenario: 'cellScenario',
};

/** Template against forms, cell by cell. */
export function ConformanceReport({
  conformance,
  labels,
  parts,
}: {
  conformance: Conformance;
  labels: readonly string[];
  /** Titles of the parts of the paper, which the report names by id. */
  parts: readonly { id: string; title: Text }[];
}) {
  const text = useText(assemblyMessages);
  const { cells, parallel, ok } = conformance;
  const wrong = cells.filter((cell) => !cell.ok).length;
  return (
    <div className="stack">
      <Alert
        type={ok ? 'success' : 'error'}
        showIcon
        title={ok ? text('conforms', { n: cells.length, ...parallel }) : text('conformsNot', { n: wrong })}
      />
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{text('quota')}</th>
            <th scope="col" className="number">
              {text('asked')}
            </th>
            {labels.map((label) => (
              <th key={label} scope="col" className="number">
                {text('labelN', { label })}
              </th>
            ))}
            <th scope="col">{text('verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {(Object.keys(GROUPS) as CellKind[]).map((kind) => (
            <Group
              key={kind}
              kind={kind}
              cells={cells.filter((cell) => cell.kind === kind)}
              forms={labels.length}
              parts={parts}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Group({
  kind,
  cells,
  forms,
  parts,
}: {
  kind: CellKind;
  cells: readonly ConformanceCell[];
  forms: number;
  parts: readonly { id: string; title: Text }[];
}) {
  const text = useText(assemblyMessages);
  const of = useOf();
  const nameOf = ({ code }: ConformanceCell): string => {
    if (kind === 'difficulty') return text(code as 'easy' | 'medium' | 'hard');
    const part = kind === 'part' ? parts.find(({ id }) => id === code) : undefined;
    return part === undefined ? code || text(GROUPS[kind]) : of(part.title);
  };
  if (cells.length === 0) return null;
  return (
    <Fragment>
      <tr className="group">
        <th scope="rowgroup" colSpan={forms + 3}>
          {text(GROUPS[kind])}
        </th>
      </tr>
      {cells.map((cell) => (
        <CellRow key={cell.code} cell={cell} forms={forms} name={nameOf(cell)} />
      ))}
    </Fragment>
  );
}

function CellRow({ cell, forms, name }: { cell: ConformanceCell; forms: number; name: string }) {
  const text = useText(assemblyMessages);
  const byForm = cell.have.length === forms && cell.kind !== 'overlap';
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">
        {cell.min === cell.max ? cell.min : text('range', { min: cell.min, max: cell.max })}
      </td>
      {byForm ? (
        cell.have.map((have, index) => (
          <td key={index} className="number">
            {have}
          </td>
        ))
      ) : (
        <td className="number" colSpan={forms}>
          {cell.have.length === 0 ? '–' : text('pairs', { values: cell.have.join(', ') })}
        </td>
      )}
      <td>
        <State tone={cell.ok ? 'ok' : 'trouble'}>{text(cell.ok ? 'ok' : 'notOk')}</State>
      </td>
    </tr>
  );
}
