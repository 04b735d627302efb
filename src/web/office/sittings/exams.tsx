import { useState } from 'react';
import type { ExamView } from '../../../sitting/sitting.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { dateTimeText } from '../../lib/time.ts';
import { LEVEL_SHORT } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { ExamDrawer } from './exam-drawer.tsx';
import { sittingMessages } from './messages.ts';

/** The examinations, newest first; each opens its enrolments. */
export function ExamsTab({ version, onChanged }: { version: number; onChanged(): void }) {
  const text = useText(sittingMessages);
  const of = useOf();
  const [open, setOpen] = useState<ExamView>();
  return (
    <>
      <PagedTable<ExamView>
        path="/api/exams"
        version={version}
        rowKey={(exam) => exam.id}
        onOpen={setOpen}
        empty={text('noExams')}
        columns={[
          { key: 'code', title: text('code'), width: 170, render: (exam) => exam.code },
          { key: 'title', title: text('examTitle'), render: (exam) => of(exam.title) },
          {
            key: 'level',
            title: text('level'),
            width: 116,
            render: (exam) => of(LEVEL_SHORT[exam.level]),
          },
          {
            key: 'enrolled',
            title: text('enrolled'),
            width: 100,
            align: 'right',
            render: (exam) => exam.enrolled,
          },
          {
            key: 'created',
            title: text('created'),
            width: 150,
            render: (exam) => <time>{dateTimeText(exam.createdAt)}</time>,
          },
        ]}
      />
      <ExamDrawer
        exam={open}
        onChanged={onChanged}
        onClose={() => {
          setOpen(undefined);
        }}
      />
    </>
  );
}
