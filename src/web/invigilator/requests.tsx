import { judgeConfirmation } from '../../proctoring/arguments.rules.ts';
import type { CommandView, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { elapsedText, seatNumber } from './seat-status.ts';
import { ACTION_NAMES } from './command-names.ts';
import { ReasonButton } from './reason-button.tsx';
import { Shape } from './shape.tsx';
import type { OrdersHandle } from './use-orders.ts';

const messages = {
  label: { zh: '等待第二人确认', en: 'Waiting for a second person' },
  asks: {
    zh: '{name} 申请：{action}{minutes}，{seats}。原因：{reason}',
    en: '{name} asks: {action}{minutes}, {seats}. Reason: {reason}',
  },
  minutes: { zh: ' {n} 分钟', en: ' {n} min' },
  whole: { zh: '全场', en: 'the whole room' },
  seats: { zh: '{seats} 号', en: 'seat {seats}' },
  expires: { zh: '{time} 后失效', en: 'lapses in {time}' },
  confirm: { zh: '确认执行', en: 'Confirm' },
  withdraw: { zh: '撤回', en: 'Take back' },
  decline: { zh: '不同意', en: 'Decline' },
  confirmed: { zh: '已确认并执行', en: 'Confirmed and done' },
  withdrawn: { zh: '申请已撤销', en: 'The request is withdrawn' },
} satisfies Messages;

/** Why this person cannot confirm, in short. */
const WHY = {
  'proctoring.request-settled': { zh: '已处理', en: 'Settled' },
  'proctoring.request-expired': { zh: '已失效', en: 'Lapsed' },
  'proctoring.same-person': { zh: '须另一人确认', en: 'Somebody else has to' },
  'proctoring.chief-needed': { zh: '须主考确认', en: 'A chief has to' },
} as const;

interface RequestsProps {
  view: ConsoleView;
  now: number;
  accountId: string;
  orders: OrdersHandle;
}

/** What waits for a second person: across the page, until it is settled or lapses. */
export function Requests({ view, now, accountId, orders }: RequestsProps) {
  const text = useText(messages);
  const open = view.requests.filter(({ expiresAt }) => (expiresAt ?? Infinity) > now);
  if (open.length === 0) return null;
  return (
    <ul className="requests" aria-label={text('label')}>
      {open.map((request) => (
        <Request
          key={request.id}
          view={view}
          request={request}
          now={now}
          accountId={accountId}
          orders={orders}
        />
      ))}
    </ul>
  );
}

function Request({ view, request, now, accountId, orders }: RequestsProps & { request: CommandView }) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const own = request.by === accountId;
  const verdict = judgeConfirmation({
    state: request.state,
    needs: request.needs ?? 'anybody-else',
    now,
    requestedAt: request.at,
    same: own,
    chief: view.me.chief,
  });
  const seats = view.seats.filter(({ attemptId }) => request.attemptIds.includes(attemptId));
  const path = `commands/${encodeURIComponent(request.id)}`;
  return (
    <li>
      <span className="status attention">
        <Shape name="attention" />
      </span>
      <span className="what">
        {text('asks', {
          name: request.byName,
          action: of(ACTION_NAMES[request.command]),
          minutes: request.args.minutes === undefined ? '' : text('minutes', { n: request.args.minutes }),
          seats: request.toAll
            ? text('whole')
            : text('seats', { seats: seats.map(({ seat }) => seatNumber(seat)).join(' ') }),
          reason: request.args.reason ?? '—',
        })}{' '}
        <small className="number">
          {request.expiresAt !== undefined &&
            text('expires', { time: elapsedText(request.expiresAt - now, lang) })}
        </small>
      </span>
      <ReasonButton
        className="button small primary"
        busy={orders.busy}
        beside
        reason={verdict.ok ? undefined : of(WHY[verdict.code])}
        onPress={() => {
          void orders.post(`${path}/confirmation`, {}, messages.confirmed).then(orders.complain);
        }}
      >
        {text('confirm')}
      </ReasonButton>
      {view.me.commands && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            void orders.post(`${path}/withdrawal`, {}, messages.withdrawn).then(orders.complain);
          }}
        >
          {text(own ? 'withdraw' : 'decline')}
        </button>
      )}
    </li>
  );
}
