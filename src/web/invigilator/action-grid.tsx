import type { ConsoleSeat, ConsoleView } from '../../proctoring/proctoring.views.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { judgeAction, REFUSALS, type SeatAction } from './actions.ts';
import { ACTION_KEYS, ACTION_NAMES } from './command-names.ts';
import { ReasonButton } from './reason-button.tsx';

const messages = {
  actions: { zh: '操作', en: 'Actions' },
} satisfies Messages;

/** Each action keeps its place, whatever is chosen. */
const ORDER: readonly SeatAction[] = [
  'admit',
  'refuse-identity',
  'pause',
  'resume',
  'add-time',
  'message',
  'lower-hand',
  'incident',
  'move-seat',
  'hand-over',
  'terminate',
];

interface ActionGridProps {
  view: ConsoleView;
  /** Those it would be done to. */
  targets: readonly ConsoleSeat[];
  /** Actions left out of this place. */
  without?: readonly SeatAction[];
  busy: boolean;
  onAction(action: SeatAction): void;
}

/** The actions for the chosen seats; those that are not possible say why, on focus and hover. */
export function ActionGrid({ view, targets, without = [], busy, onAction }: ActionGridProps) {
  const text = useText(messages);
  const of = useOf();
  const facts = { room: view.room.state, commands: view.me.commands };
  return (
    <div className="action-grid" role="group" aria-label={text('actions')}>
      {ORDER.filter((action) => !without.includes(action)).map((action) => {
        const { able, refusal } = judgeAction(action, targets, facts);
        const count = targets.length > 1 && refusal === undefined && action !== 'incident';
        return (
          <ReasonButton
            key={action}
            className={`button action do-${action}`}
            reason={refusal === undefined ? undefined : of(REFUSALS[refusal])}
            busy={busy}
            onPress={() => {
              onAction(action);
            }}
          >
            <span>{of(ACTION_NAMES[action])}</span>
            {count && <span className="number count">{able.length}</span>}
            {!count && ACTION_KEYS[action] !== undefined && (
              <kbd aria-hidden="true">{ACTION_KEYS[action]}</kbd>
            )}
          </ReasonButton>
        );
      })}
    </div>
  );
}
