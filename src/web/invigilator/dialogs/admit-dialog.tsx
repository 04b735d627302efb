import { useState } from 'react';
import type { ConsoleSeat } from '../../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../../lib/language.tsx';
import { ACTION_NAMES } from '../command-names.ts';
import { Photo } from '../photo.tsx';
import { requestId } from '../request-id.ts';
import { seatNumber } from '../seat-status.ts';
import { Dialog, useAsking } from './dialog.tsx';
import { Targets, type SeatDialogProps } from './targets.tsx';

const messages = {
  look: {
    zh: '请对照照片、姓名与本人，并查验证件。',
    en: 'Compare the photo and the name with the person, and look at the document.',
  },
  same: { zh: '是本人，准入', en: 'Same person: admit' },
  notSame: { zh: '不是本人……', en: 'Not this person …' },
  admitMany: { zh: '准入已核对的 {n} 人', en: 'Admit the {n} checked' },
  checked: { zh: '已核对', en: 'Checked' },
  all: { zh: '全部标为已核对', en: 'Mark all as checked' },
  none: { zh: '请先逐一核对并勾选', en: 'Check them one by one and tick them' },
} satisfies Messages;

/** The invigilator's look at the person: photo beside name. */
export function AdmitDialog(props: SeatDialogProps & { onRefuse(seat: ConsoleSeat): void }) {
  const [only] = props.seats;
  return props.seats.length === 1 && only !== undefined ? (
    <AdmitOne {...props} seat={only} />
  ) : (
    <AdmitMany {...props} />
  );
}

function AdmitOne({
  seat,
  orders,
  onClose,
  onRefuse,
}: SeatDialogProps & { seat: ConsoleSeat; onRefuse(seat: ConsoleSeat): void }) {
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  return (
    <Dialog
      title={of(ACTION_NAMES.admit)}
      action={text('same')}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'admit', seats: [seat], whole: false, id }));
      }}
    >
      <div className="identity">
        <Photo seat={seat} large />
        <div>
          <p className="seat-no number">{seatNumber(seat.seat)}</p>
          <p className="big-name">{seat.name}</p>
          <p className="number">{seat.admissionNumber}</p>
          <p className="muted">{text('look')}</p>
          <button
            type="button"
            className="button danger"
            onClick={() => {
              onRefuse(seat);
            }}
          >
            {text('notSame')}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

/** Several at once: each is looked at and ticked; only the ticked are admitted. */
function AdmitMany(props: SeatDialogProps) {
  const { seats, orders, onClose } = props;
  const text = useText(messages);
  const of = useOf();
  const { refusal, ask } = useAsking(onClose);
  const [id] = useState(requestId);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const chosen = seats.filter(({ attemptId }) => checked.has(attemptId));
  return (
    <Dialog
      wide
      title={of(ACTION_NAMES.admit)}
      action={text('admitMany', { n: chosen.length })}
      blocked={chosen.length === 0 ? text('none') : undefined}
      refusal={refusal}
      busy={orders.busy}
      onClose={onClose}
      onDo={() => {
        ask(orders.send({ command: 'admit', seats: chosen, whole: false, id }));
      }}
    >
      <Targets {...props} whole={false} />
      <p className="muted">{text('look')}</p>
      <ul className="faces">
        {seats.map((seat) => (
          <li key={seat.attemptId}>
            <label className={checked.has(seat.attemptId) ? 'checked' : ''}>
              <Photo seat={seat} />
              <span>
                <b className="number">{seatNumber(seat.seat)}</b> <b>{seat.name}</b>
                <small className="number">{seat.admissionNumber}</small>
                <span className="tick">
                  <input
                    type="checkbox"
                    checked={checked.has(seat.attemptId)}
                    onChange={(event) => {
                      const next = new Set(checked);
                      if (event.target.checked) next.add(seat.attemptId);
                      else next.delete(seat.attemptId);
                      setChecked(next);
                    }}
                  />{' '}
                  {text('checked')}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="button small"
        onClick={() => {
          setChecked(new Set(seats.map(({ attemptId }) => attemptId)));
        }}
      >
        {text('all')}
      </button>
    </Dialog>
  );
}
