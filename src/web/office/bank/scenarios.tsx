import { Select } from 'antd';
import { useState } from 'react';
import type { ScenarioView } from '../../../bank/bank.contract.ts';
import type { Level } from '../../../shared/levels.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { LEVEL_SHORT, useLevelOptions } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { bankMessages } from './messages.ts';

/** The computer tasks of skill tests. */
export function ScenariosTab({ version }: { version: number }) {
  const text = useText(bankMessages);
  const of = useOf();
  const levels = useLevelOptions();
  const [level, setLevel] = useState<Level>();
  return (
    <>
      <div className="toolbar">
        <Select
          aria-label={text('level')}
          placeholder={text('level')}
          allowClear
          value={level}
          onChange={setLevel}
          options={levels}
        />
      </div>
      <PagedTable<ScenarioView>
        path="/api/bank/scenarios"
        query={{ level }}
        version={version}
        rowKey={(scenario) => scenario.id}
        empty={text('noScenarios')}
        columns={[
          { key: 'id', title: text('id'), width: 260, render: (scenario) => scenario.id },
          { key: 'title', title: text('scenarioTitle'), render: (scenario) => of(scenario.title) },
          {
            key: 'level',
            title: text('level'),
            width: 110,
            render: (scenario) => of(LEVEL_SHORT[scenario.level]),
          },
          {
            key: 'minutes',
            title: text('minutes'),
            width: 90,
            align: 'right',
            render: (scenario) => scenario.minutes,
          },
          {
            key: 'points',
            title: text('points'),
            width: 90,
            align: 'right',
            render: (scenario) => scenario.points,
          },
          {
            key: 'version',
            title: text('version'),
            width: 90,
            align: 'right',
            render: (scenario) => scenario.version,
          },
        ]}
      />
    </>
  );
}
