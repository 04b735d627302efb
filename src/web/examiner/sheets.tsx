import { useState } from 'react';
import type { DisclosedSheets, RoomSheets, SheetView } from '../../marking/marking.contract.ts';
import { api, errorText } from '../lib/api.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { LoadState } from '../lib/load-state.tsx';
import { useLoaded } from '../lib/use-loaded.ts';
import { Disclosure } from './disclosure.tsx';
import { ScoreForm } from './score-form.tsx';

const messages = {
  room: { zh: '{code} 考场 · 现场操作评分', en: 'Room {code} · on-site task' },
  seats: { zh: '座位', en: 'Seats' },
  seat: { zh: '{n} 号座', en: 'Seat {n}' },
  task: { zh: '任务', en: 'Task' },
  sealedOf: { zh: '已封存 {sealed}/{needed}', en: '{sealed} of {needed} sealed' },
  mineSealed: { zh: '✓ 我已封存', en: '✓ sealed by me' },
  mineOpen: { zh: '○ 待评', en: '○ to score' },
  none: { zh: '还没有考生开始考试。', en: 'No candidate has started yet.' },
  next: { zh: '下一个待评 ▶', en: 'Next to score ▶' },
  waitOthers: {
    zh: '您已封存。等待其他考评员封存后公开分数。',
    en: 'You have sealed. Scores are disclosed when the others have too.',
  },
} satisfies Messages;

const EVERY_MS = 5_000;

/** An examiner's sheets of one room: seats at the left, the sheet at the right. */
export function SheetsPage({ roomId }: { roomId: string }) {
  const text = useText(messages);
  const of = useOf();
  const { state, reload } = useLoaded<RoomSheets>(
    `/api/rooms/${encodeURIComponent(roomId)}/sheets`,
    EVERY_MS,
  );
  const [chosen, setChosen] = useState<string>();
  if (state.kind !== 'loaded') {
    return (
      <main>
        <LoadState state={state} onRetry={reload} />
      </main>
    );
  }
  const { sheets, criteria, task, roomCode } = state.value;
  const current =
    sheets.find((sheet) => sheet.attemptId === chosen) ??
    sheets.find((sheet) => sheet.state === 'open') ??
    sheets[0];
  const next = sheets.find((sheet) => sheet.state === 'open' && sheet.attemptId !== current?.attemptId);
  return (
    <main className="sheets">
      <nav className="seats" aria-label={text('seats')}>
        <h1>{text('room', { code: roomCode })}</h1>
        {sheets.length === 0 && <p className="empty">{text('none')}</p>}
        <ul>
          {sheets.map((sheet) => (
            <li key={sheet.attemptId}>
              <button
                type="button"
                aria-current={sheet === current ? 'true' : undefined}
                onClick={() => {
                  setChosen(sheet.attemptId);
                }}
              >
                <b className="number">{text('seat', { n: sheet.seat })}</b>
                <span>{sheet.state === 'sealed' ? text('mineSealed') : text('mineOpen')}</span>
                <span className="muted">
                  {text('sealedOf', { sealed: sheet.sealed, needed: sheet.needed })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {current !== undefined && (
        <section className="sheet-pane" aria-label={text('seat', { n: current.seat })}>
          <header>
            <h2>
              {text('seat', { n: current.seat })} ·{' '}
              {text('sealedOf', { sealed: current.sealed, needed: current.needed })}
            </h2>
            {next !== undefined && (
              <button
                type="button"
                className="button"
                onClick={() => {
                  setChosen(next.attemptId);
                }}
              >
                {text('next')}
              </button>
            )}
          </header>
          <details open>
            <summary>{text('task')}</summary>
            <p className="task">{of(task)}</p>
          </details>
          <ScoreForm
            key={current.attemptId}
            id={current.attemptId}
            criteria={criteria}
            scores={current.scores}
            note={current.note}
            sealed={current.state === 'sealed'}
            onSave={(scores, note) => api.put(`/api/attempts/${current.attemptId}/sheet`, { scores, note })}
            onSeal={async () => {
              await api.post(`/api/attempts/${current.attemptId}/sheet/seal`);
              setChosen(next?.attemptId);
              await reload();
            }}
          />
          {current.state === 'sealed' && (
            <Others key={`${current.attemptId}-${current.sealed}`} sheet={current} />
          )}
        </section>
      )}
    </main>
  );
}

/** All sheets side by side once every examiner has sealed. */
function Others({ sheet }: { sheet: SheetView }) {
  const text = useText(messages);
  if (sheet.sealed < sheet.needed) return <p className="notice">{text('waitOthers')}</p>;
  return <AllSheets attemptId={sheet.attemptId} />;
}

function AllSheets({ attemptId }: { attemptId: string }) {
  const { lang } = useLanguage();
  const { state, reload } = useLoaded<DisclosedSheets>(`/api/attempts/${attemptId}/sheets`);
  if (state.kind === 'failed') return <p className="notice">{errorText(state.error, lang)}</p>;
  if (state.kind === 'loading') return <LoadState state={state} onRetry={reload} />;
  const { sheets, ...rest } = state.value;
  return (
    <Disclosure judges={sheets.map((s) => ({ name: s.examiner, total: s.total, note: s.note }))} {...rest} />
  );
}
