import {
  countingStaff,
  judgeStaffing,
  type Duty,
  type RoomPart,
  type StaffingTerms,
} from '../../../sitting/staffing.rules.ts';
import { useText } from '../../lib/language.tsx';
import { State } from '../lib/state.tsx';
import { sittingMessages } from './messages.ts';

/** The verdict of clause 11.2 on a room as it is planned: the very rule that opens the room later. */
export function StaffingVerdictLine({
  part,
  candidates,
  roster,
  terms,
}: {
  part: RoomPart;
  candidates: number;
  roster: readonly { accountId: string; duty: Duty }[];
  terms: StaffingTerms | undefined;
}) {
  const text = useText(sittingMessages);
  const verdict = judgeStaffing({ part, candidates, staff: countingStaff(part, roster), terms });
  const { needed, present } = verdict;
  return (
    <span role="status">
      <State tone={verdict.ok ? 'ok' : 'trouble'}>
        {verdict.ok
          ? text('staffingOk', {
              what: text(part === 'skill' ? 'examiner' : 'invigilator'),
              present,
              needed,
              candidates,
            })
          : text(verdict.code, { needed, present, candidates })}
      </State>
    </span>
  );
}
