import { useEffect, useState } from 'react';
import type { Page } from '../../../shared/paging.ts';
import type { ConsoleView, RoomRow } from '../../../proctoring/proctoring.views.contract.ts';
import { api } from '../../lib/api.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES } from '../command-names.ts';
import { requestId } from '../request-id.ts';
import { seatNumber } from '../seat-status.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  room: { zh: '考场', en: 'Room' },
  seat: { zh: '新座位', en: 'New seat' },
  choose: { zh: '请选择', en: 'Choose' },
  effect: {
    zh: '答案和时间随考生移动。考生在新座位签到即可继续作答，原来的电脑只能查看。',
    en: 'Answers and time go with the candidate, who signs in at the new seat and goes on at once; the old computer can only show.',
  },
  needSeat: { zh: '请选择新座位', en: 'Choose the new seat' },
} satisfies Messages;

/** The free seats of this room; a chief may also send somebody to another room of the sitting. */
export function MoveDialog({ view, ...props }: SeatDialogProps & { view: ConsoleView }) {
  const { seats, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [roomId, setRoomId] = useState(view.room.id);
  const [seat, setSeat] = useState('');
  const others = useOtherRooms(view);
  const here = roomId === view.room.id;
  const taken = new Set(view.seats.map((one) => one.seat));
  const free = Array.from({ length: view.room.seats }, (_, i) => i + 1).filter(
    (number) => !taken.has(number),
  );
  return (
    <Dialog
      title={of(ACTION_NAMES['move-seat'])}
      action={of(ACTION_NAMES['move-seat'])}
      blocked={/^\d+$/.test(seat) && Number(seat) > 0 ? undefined : text('needSeat')}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        const args = { seat: Number(seat), ...(here ? {} : { roomId }) };
        ask(orders.send({ command: 'move-seat', seats, whole: false, id, args }));
      }}
    >
      <Targets {...props} />
      {others.length > 0 && (
        <div className="field">
          <label htmlFor="room">{text('room')}</label>
          <select
            id="room"
            value={roomId}
            onChange={(event) => {
              setRoomId(event.target.value);
              setSeat('');
            }}
          >
            <option value={view.room.id}>{view.room.name}</option>
            {others.map((room) => (
              <option key={room.roomId} value={room.roomId}>
                {room.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor="seat">{text('seat')}</label>
        {here ? (
          <select
            id="seat"
            value={seat}
            onChange={(event) => {
              setSeat(event.target.value);
            }}
          >
            <option value="">{text('choose')}</option>
            {free.map((number) => (
              <option key={number} value={number}>
                {seatNumber(number)}
              </option>
            ))}
          </select>
        ) : (
          <input
            id="seat"
            className="short"
            inputMode="numeric"
            value={seat}
            onChange={(event) => {
              setSeat(event.target.value);
            }}
          />
        )}
      </div>
      <p className="muted">{text('effect')}</p>
    </Dialog>
  );
}

/** The other rooms of the sitting, for a chief; nobody else may send a candidate there. */
function useOtherRooms(view: ConsoleView): RoomRow[] {
  const [rooms, setRooms] = useState<RoomRow[]>([]);
  const { chief } = view.me;
  const { id, sittingId } = view.room;
  useEffect(() => {
    if (!chief) return;
    api.get<Page<RoomRow>>('/api/duty?limit=200').then(
      ({ items }) => {
        setRooms(items.filter((room) => room.sittingId === sittingId && room.roomId !== id));
      },
      () => undefined,
    );
  }, [chief, id, sittingId]);
  return rooms;
}
