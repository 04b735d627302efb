import { useState } from 'react';
import { PART_NAMES } from '../../../shared/levels.ts';
import type { SittingView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { Page } from '../lib/page.tsx';
import { PagedTable } from '../lib/paged-table.tsx';
import { State, type Tone } from '../lib/state.tsx';
import { MarkingDrawer } from './marking-drawer.tsx';
import { markingMessages } from './messages.ts';

const TONES: Record<SittingView['state'], Tone> = {
  draft: 'away',
  published: 'away',
  admitting: 'current',
  running: 'current',
  collected: 'attention',
  marked: 'ok',
  released: 'ok',
  archived: 'away',
};

/** Sittings and how far their marking has come. */
export function MarkingPage() {
  const text = useText(markingMessages);
  const of = useOf();
  const [open, setOpen] = useState<SittingView>();
  const [version, setVersion] = useState(0);
  return (
    <Page title={text('title')} lead={text('lead')}>
      <PagedTable<SittingView>
        path="/api/sittings"
        version={version}
        rowKey={(sitting) => sitting.id}
        onOpen={setOpen}
        empty={text('none')}
        columns={[
          { key: 'title', title: text('sitting'), render: (sitting) => of(sitting.title) },
          { key: 'part', title: text('part'), width: 180, render: (sitting) => of(PART_NAMES[sitting.part]) },
          {
            key: 'startsAt',
            title: text('startsAt'),
            width: 160,
            render: (sitting) => dateTimeText(sitting.startsAt),
          },
          {
            key: 'state',
            title: text('state'),
            width: 200,
            render: (sitting) => <State tone={TONES[sitting.state]}>{text(sitting.state)}</State>,
          },
        ]}
      />
      {open !== undefined && (
        <MarkingDrawer
          sitting={open}
          onClose={() => {
            setOpen(undefined);
          }}
          onMarked={() => {
            setVersion((n) => n + 1);
          }}
        />
      )}
    </Page>
  );
}
