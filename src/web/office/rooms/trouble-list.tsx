import { Button, Tag } from 'antd';
import type { RoomRow } from '../../../proctoring/proctoring.views.contract.ts';
import { missingWords } from '../../invigilator/staffing-words.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { timeText } from '../../lib/time.ts';
import { commonMessages } from '../lib/messages.ts';
import { LEVEL_SHORT, PART_SHORT } from '../lib/names.ts';
import { State } from '../lib/state.tsx';
import { RoomStateName, spanText } from './columns.tsx';
import { roomsMessages } from './messages.ts';

/** Rooms whose staffing does not hold, and rooms on hold: what is wrong in a sentence, since when, and the way there. */
export function TroubleList({ rooms, total }: { rooms: readonly RoomRow[]; total: number }) {
  const text = useText(roomsMessages);
  if (rooms.length === 0)
    return (
      <p className="notice ok" role="status">
        <State tone="ok">{text('noTrouble')}</State>
      </p>
    );
  return (
    <section className="tight" aria-labelledby="trouble-rooms">
      <h2 id="trouble-rooms" className="state trouble">
        <span aria-hidden="true">■</span> {text('trouble')} <span className="number">{total}</span>
      </h2>
      <ul className="trouble-rooms" aria-live="polite">
        {rooms.map((room) => (
          <TroubleRoom key={room.roomId} room={room} />
        ))}
      </ul>
      {total > rooms.length && <p className="muted">{text('more', { n: total - rooms.length })}</p>}
    </section>
  );
}

function TroubleRoom({ room }: { room: RoomRow }) {
  const text = useText(roomsMessages);
  const common = useText(commonMessages);
  const of = useOf();
  const { verdict, breachSince } = room;
  return (
    <li className={`notice ${verdict.ok ? 'attention' : 'trouble'}`}>
      <div className="trouble-what">
        <p className="trouble-room">
          <strong>
            {room.code} · {room.name}
          </strong>
          <RoomStateName state={room.state} />
          <span className="muted number">
            {of(LEVEL_SHORT[room.level])} · {of(PART_SHORT[room.part])} · {spanText(room)}
          </span>
        </p>
        <p>
          {verdict.ok ? text('heldBy') : of(missingWords(room.part, verdict))}
          {breachSince !== undefined && (
            <span className="number"> · {text('since', { time: timeText(breachSince, true) })}</span>
          )}
          <Tag className="clause" color={verdict.ok ? 'default' : 'error'}>
            {common('clause', { clause: verdict.clause })}
          </Tag>
        </p>
      </div>
      <Button href={`/room#${room.roomId}`} aria-label={`${text('openConsole')} ${room.name}`}>
        {text('openConsole')}
      </Button>
    </li>
  );
}
