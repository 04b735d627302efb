import { useCallback, useMemo, useState } from 'react';
import type { SessionHandle } from '../lib/session.tsx';
import type { ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { errorText } from '../lib/api.ts';
import { useLanguage, useText, type Messages } from '../lib/language.tsx';
import { judgeAction, type SeatAction } from './actions.ts';
import { DialogHost, type Asked } from './dialogs/dialog-host.tsx';
import { FootLine } from './foot-line.tsx';
import { GroupPanel } from './group-panel.tsx';
import { Headline } from './headline.tsx';
import { Incidents } from './incidents.tsx';
import { judgedSeats } from './console-state.ts';
import { Reports } from './reports.tsx';
import { Requests } from './requests.tsx';
import { RoomPanel } from './room-panel.tsx';
import { SeatMap } from './seat-map.tsx';
import { SeatPanel } from './seat-panel.tsx';
import { matches, passes, type Filter } from './seat-status.ts';
import { SeatTable } from './seat-table.tsx';
import { Toolbar, type Shown } from './toolbar.tsx';
import { TroubleStrip } from './trouble-strip.tsx';
import { useAnswerFiles } from './use-answer-files.ts';
import { useConsole, type ConsoleHandle } from './use-console.ts';
import { useOrders } from './use-orders.ts';
import { usePresence } from './use-presence.ts';
import { useSelection } from './use-selection.ts';
import { useServerTime } from './use-server-time.ts';
import { useSound } from './use-sound.ts';

const messages = {
  opening: { zh: '正在打开考场……', en: 'Opening the room …' },
  failed: { zh: '打不开这个考场', en: 'This room cannot be opened' },
  retry: { zh: '重试', en: 'Try again' },
  rooms: { zh: '返回我的考场', en: 'Back to my rooms' },
  stale: { zh: '{why} 所示可能不是最新情况。', en: '{why} What is shown may be out of date.' },
  nobody: { zh: '本考场还没有安排考生。', en: 'No candidates are seated in this room.' },
} satisfies Messages;

/** The console of one room. */
export function Console({ roomId, session }: { roomId: string; session: SessionHandle }) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const handle = useConsole(roomId);
  const now = useServerTime(handle.clock);
  if (handle.view !== undefined && now !== undefined) {
    return <Room handle={handle} view={handle.view} now={now} accountId={session.me.id ?? ''} />;
  }
  if (handle.error === undefined) return <main className="centre">{text('opening')}</main>;
  return (
    <main className="centre">
      <div className="panel signin">
        <h1>{text('failed')}</h1>
        <p role="alert">{errorText(handle.error, lang)}</p>
        <button type="button" className="button primary" onClick={() => void handle.refresh()}>
          {text('retry')}
        </button>
        <a className="button" href="#">
          {text('rooms')}
        </a>
      </div>
    </main>
  );
}

/** What needs no question beforehand when it is for one seat: it can be undone at once. */
const AT_ONCE: readonly SeatAction[] = ['pause', 'resume', 'lower-hand'];

function Room({
  handle,
  view: told,
  now,
  accountId,
}: {
  handle: ConsoleHandle;
  view: ConsoleView;
  now: number;
  accountId: string;
}) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const seats = useMemo(() => judgedSeats(told, now), [told, now]);
  const view = useMemo(() => ({ ...told, seats }), [told, seats]);
  const [filter, setFilter] = useState<Filter>('all');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<Shown>('map');
  const [asked, setAsked] = useState<Asked>();
  const ids = useMemo(() => told.seats.map(({ attemptId }) => attemptId), [told.seats]);
  const selection = useSelection(ids);
  const { refresh } = handle;
  const orders = useOrders(view.room.id, refresh);
  const onPresence = useCallback(() => void refresh(), [refresh]);
  const presence = usePresence(view.room.id, handle.send, view.me.present, onPresence);
  const hands = useMemo(
    () => told.seats.flatMap((seat) => (seat.hand ? [seat.attemptId] : [])),
    [told.seats],
  );
  const { clear } = selection;
  const answerFiles = useAnswerFiles(view.room.id, view.me.commands, clear);
  const decideLate = (attemptIds: readonly string[]): void => {
    setAsked({ kind: 'late', attemptIds });
  };
  const sound = useSound(view.staffing.breachSince !== undefined, hands);
  const close = useCallback(() => {
    setAsked(undefined);
  }, []);

  const chosen = seats.filter(({ attemptId }) => selection.chosen.has(attemptId));
  const inside = (seat: (typeof seats)[number]): boolean => passes(seat, filter) && matches(seat, search);
  const act = (action: SeatAction): void => {
    const whole = chosen.length === 0;
    const targets = whole ? seats : chosen;
    const { able, refusal } = judgeAction(action, targets, {
      room: view.room.state,
      commands: view.me.commands,
    });
    if (refusal !== undefined) return;
    const [only] = able;
    if (targets.length === 1 && only !== undefined && AT_ONCE.includes(action) && action !== 'incident') {
      void orders.send({ command: action, seats: [only], whole: false }).then(orders.complain);
      return;
    }
    setAsked({ kind: 'seats', action, attemptIds: targets.map(({ attemptId }) => attemptId), whole });
  };
  const [only] = chosen;
  const panel =
    chosen.length === 1 && only !== undefined ? (
      <SeatPanel
        view={view}
        seat={only}
        now={now}
        busy={orders.busy}
        onAction={act}
        onDecideLate={() => {
          decideLate([only.attemptId]);
        }}
        onClose={selection.clear}
      />
    ) : chosen.length > 1 ? (
      <GroupPanel
        view={view}
        seats={chosen}
        busy={orders.busy}
        onAction={act}
        onDecideLate={decideLate}
        onDrop={(id) => {
          selection.choose(id, { shift: false, ctrl: true });
        }}
        onClose={selection.clear}
      />
    ) : (
      <RoomPanel
        view={view}
        seats={seats}
        now={now}
        busy={orders.busy}
        onAction={act}
        answerFiles={answerFiles}
        onDecideLate={decideLate}
        onOpen={() => {
          void orders.post('open', {}, { zh: '考场已开放', en: 'The room is open' }).then(orders.complain);
        }}
        onRoomAction={(action) => {
          setAsked({ kind: 'room', action });
        }}
      >
        <Incidents
          view={view}
          onDecide={(incident) => {
            setAsked({ kind: 'decision', incident });
          }}
        />
      </RoomPanel>
    );

  return (
    <div className="console">
      <Headline view={view} now={now} sound={sound} />
      <main className="work">
        {handle.error !== undefined && (
          <p className="stale" role="alert">
            {text('stale', { why: errorText(handle.error, lang) })}
          </p>
        )}
        <Requests view={view} now={now} accountId={accountId} orders={orders} />
        <Toolbar
          seats={seats}
          filter={filter}
          onFilter={setFilter}
          search={search}
          onSearch={setSearch}
          shown={shown}
          onShown={setShown}
          onSelectShown={() => {
            selection.set(seats.filter(inside).map(({ attemptId }) => attemptId));
          }}
        />
        <TroubleStrip
          seats={seats}
          roomStartedAt={view.room.startedAt}
          now={now}
          onSelect={selection.set}
          onShowAll={() => {
            setFilter('attention');
            setShown('table');
          }}
        />
        <div className="floor">
          {seats.length === 0 ? (
            <p className="empty-note">{text('nobody')}</p>
          ) : shown === 'map' ? (
            <SeatMap
              view={view}
              seats={seats}
              now={now}
              selection={selection}
              inside={inside}
              onAction={act}
            />
          ) : (
            <SeatTable view={view} seats={seats.filter(inside)} now={now} selection={selection} />
          )}
          {panel}
        </div>
      </main>
      <Reports orders={orders} />
      <FootLine
        view={view}
        connected={handle.connected}
        presence={presence}
        onSelect={selection.set}
        onLeave={() => {
          setAsked({ kind: 'leave' });
        }}
      />
      {asked !== undefined && (
        <DialogHost
          asked={asked}
          view={view}
          seats={seats}
          now={now}
          orders={orders}
          onLeave={() => void presence.leave()}
          onAsk={setAsked}
          onClose={close}
        />
      )}
    </div>
  );
}
