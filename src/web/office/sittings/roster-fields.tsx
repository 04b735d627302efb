import { Form, Select } from 'antd';
import { DUTIES, type Duty, type RoomPart } from '../../../sitting/staffing.rules.ts';
import { useText } from '../../lib/language.tsx';
import { sittingMessages } from './messages.ts';
import type { RosterEntry, StaffDirectory } from './use-staff.ts';

/** Duties in the order of importance for the part; a theory room has no examiners. */
const dutiesOf = (part: RoomPart): readonly Duty[] =>
  part === 'skill' ? ['examiner', 'chief-invigilator', 'invigilator'] : ['chief-invigilator', 'invigilator'];

/** Who does what in a room: one field a duty. Whoever has a duty elsewhere in the sitting cannot be chosen. */
export function RosterFields({
  id,
  part,
  roster,
  taken,
  staff,
  onChange,
}: {
  /** Begins the ids of the fields. */
  id: string;
  part: RoomPart;
  roster: readonly RosterEntry[];
  /** People on duty in other rooms of the sitting. */
  taken: ReadonlySet<string>;
  staff: StaffDirectory;
  onChange(roster: RosterEntry[]): void;
}) {
  const text = useText(sittingMessages);
  const chosen = (duty: Duty): string[] =>
    roster.filter((entry) => entry.duty === duty).map((entry) => entry.accountId);
  const set = (duty: Duty, accountIds: readonly string[]): void => {
    onChange(
      DUTIES.flatMap((each) =>
        (each === duty ? accountIds : chosen(each)).map((accountId) => ({ accountId, duty: each })),
      ),
    );
  };
  return (
    <>
      {dutiesOf(part).map((duty) => (
        <Form.Item key={duty} label={text(duty)} htmlFor={`${id}-${duty}`} className="roster-field">
          <Select
            id={`${id}-${duty}`}
            mode="multiple"
            value={chosen(duty)}
            onChange={(accountIds: string[]) => {
              set(duty, accountIds);
            }}
            showSearch={{ optionFilterProp: 'label' }}
            options={staff.byDuty[duty].map((account) => ({
              value: account.id,
              label: account.name,
              disabled:
                taken.has(account.id) ||
                roster.some((entry) => entry.accountId === account.id && entry.duty !== duty),
            }))}
          />
        </Form.Item>
      ))}
    </>
  );
}
