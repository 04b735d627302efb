import { useState } from 'react';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import type { SittingState } from '../../../sitting/sitting.rules.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { LEVEL_SHORT, PART_SHORT } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { sittingMessages } from './messages.ts';
import { SittingDrawer } from './sitting-drawer.tsx';

const TONES: Record<SittingState, Tone> = {
  draft: 'away',
  published: 'current',
  admitting: 'current',
  running: 'current',
  collected: 'ok',
  marked: 'ok',
  released: 'ok',
  archived: 'held',
};

/** The sittings, latest start first; each opens its rooms, seats and checks. */
export function SittingsTab({
  version,
  onChanged,
  opened,
  onClosed,
}: {
  version: number;
  onChanged(): void;
  /** A sitting just planned, to be opened by itself. */
  opened: SittingView | undefined;
  onClosed(): void;
}) {
  const text = useText(sittingMessages);
  const of = useOf();
  const [open, setOpen] = useState<SittingView>();
  return (
    <>
      <PagedTable<SittingView>
        path="/api/sittings"
        version={version}
        rowKey={(sitting) => sitting.id}
        onOpen={setOpen}
        empty={text('noSittings')}
        minWidth={900}
        columns={[
          {
            key: 'startsAt',
            title: text('startsAt'),
            width: 160,
            render: (sitting) => <time>{dateTimeText(sitting.startsAt)}</time>,
          },
          { key: 'title', title: text('examTitle'), render: (sitting) => of(sitting.title) },
          { key: 'part', title: text('part'), width: 86, render: (s) => of(PART_SHORT[s.part]) },
          { key: 'level', title: text('level'), width: 116, render: (s) => of(LEVEL_SHORT[s.level]) },
          {
            key: 'rooms',
            title: text('rooms'),
            width: 80,
            align: 'right',
            render: (sitting) => sitting.rooms.length,
          },
          {
            key: 'seated',
            title: text('seated'),
            width: 90,
            align: 'right',
            render: (sitting) => sitting.seated,
          },
          {
            key: 'state',
            title: text('state'),
            width: 120,
            render: (sitting) => <State tone={TONES[sitting.state]}>{text(sitting.state)}</State>,
          },
        ]}
      />
      <SittingDrawer
        sittingId={(open ?? opened)?.id}
        onChanged={onChanged}
        onClose={() => {
          setOpen(undefined);
          onClosed();
        }}
      />
    </>
  );
}
