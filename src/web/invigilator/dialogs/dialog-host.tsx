import type {
  ConsoleSeat,
  ConsoleView,
  IncidentView,
} from '../../../proctoring/proctoring.views.contract.ts';
import { judgeAction, type RoomAction, type SeatAction } from '../actions.ts';
import type { OrdersHandle } from '../use-orders.ts';
import { AdmitDialog } from './admit-dialog.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { EndDialog } from './end-dialog.tsx';
import { IncidentDialog } from './incident-dialog.tsx';
import { LateDialog } from './late-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { RefuseDialog } from './refuse-dialog.tsx';
import { RoomDialog } from './room-dialog.tsx';
import type { SeatDialogProps } from './targets.tsx';
import { TimeDialog } from './time-dialog.tsx';

/** What is being asked now; one dialog at a time. Targets are kept as ids: the seats may change while it is open. */
export type Asked =
  | { kind: 'seats'; action: SeatAction; attemptIds: readonly string[]; whole: boolean }
  | { kind: 'room'; action: RoomAction }
  | { kind: 'decision'; incident: IncidentView }
  | { kind: 'late'; attemptIds: readonly string[] }
  | { kind: 'leave' };

interface DialogHostProps {
  asked: Asked;
  view: ConsoleView;
  seats: readonly ConsoleSeat[];
  now: number;
  orders: OrdersHandle;
  onLeave(): void;
  onAsk(asked: Asked): void;
  onClose(): void;
}

/** Shows the dialog for what is asked. */
export function DialogHost(props: DialogHostProps) {
  const { asked, view, seats, orders, onClose } = props;
  switch (asked.kind) {
    case 'room':
      return <RoomDialog action={asked.action} candidates={seats.length} orders={orders} onClose={onClose} />;
    case 'decision':
      return <DecisionDialog incident={asked.incident} orders={orders} onClose={onClose} />;
    case 'late':
      return <LateDialog seats={seats} attemptIds={asked.attemptIds} orders={orders} onClose={onClose} />;
    case 'leave':
      return <LeaveDialog view={view} onLeave={props.onLeave} onClose={onClose} />;
    case 'seats':
      return <SeatDialog {...props} asked={asked} />;
  }
}

function SeatDialog({
  asked,
  view,
  seats,
  now,
  orders,
  onAsk,
  onClose,
}: DialogHostProps & { asked: Extract<Asked, { kind: 'seats' }> }) {
  const { action, attemptIds, whole } = asked;
  const targets = seats.filter(({ attemptId }) => attemptIds.includes(attemptId));
  const { able, leftOut } = judgeAction(action, targets, {
    room: view.room.state,
    commands: view.me.commands,
  });
  const shared: SeatDialogProps = { seats: able, whole, leftOut, orders, onClose };
  switch (action) {
    case 'admit':
      return (
        <AdmitDialog
          {...shared}
          onRefuse={(seat) => {
            onAsk({ kind: 'seats', action: 'refuse-identity', attemptIds: [seat.attemptId], whole: false });
          }}
        />
      );
    case 'refuse-identity':
      return <RefuseDialog {...shared} />;
    case 'pause':
    case 'resume':
    case 'hand-over':
    case 'refuse-sign-in':
    case 'lower-hand':
      return <ConfirmDialog {...shared} action={action} />;
    case 'add-time':
      return <TimeDialog {...shared} />;
    case 'message':
      return <MessageDialog {...shared} />;
    case 'move-seat':
      return <MoveDialog {...shared} view={view} />;
    case 'terminate':
      return <EndDialog {...shared} view={view} />;
    case 'incident':
      return <IncidentDialog {...shared} now={now} />;
  }
}
