import { DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import type { RoomPart, StaffingTerms } from '../../../sitting/staffing.rules.ts';
import { useText } from '../../lib/language.tsx';
import { sittingMessages } from './messages.ts';
import type { RoomPlan } from './plan.ts';
import { RosterFields } from './roster-fields.tsx';
import { StaffingVerdictLine } from './staffing.tsx';
import type { StaffDirectory } from './use-staff.ts';

/** One room of the planner, headed by its staffing verdict. */
export function RoomFields({
  number,
  room,
  part,
  terms,
  candidates,
  staff,
  taken,
  onChange,
  onRemove,
}: {
  number: number;
  room: RoomPlan;
  part: RoomPart;
  terms: StaffingTerms | undefined;
  /** Candidates who will sit here. */
  candidates: number;
  staff: StaffDirectory;
  taken: ReadonlySet<string>;
  onChange(room: RoomPlan): void;
  onRemove: (() => void) | undefined;
}) {
  const text = useText(sittingMessages);
  const id = `room-${room.key}`;
  return (
    <fieldset className="room-plan">
      <legend className="visually-hidden">{text('roomN', { n: number })}</legend>
      <div className="room-head">
        <h2>{text('roomN', { n: number })}</h2>
        <StaffingVerdictLine part={part} candidates={candidates} roster={room.staff} terms={terms} />
        {onRemove !== undefined && (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={text('removeRoom', { n: number })}
            onClick={onRemove}
          />
        )}
      </div>
      <RoomNumbers id={id} room={room} onChange={onChange} />
      <div className="roster">
        <RosterFields
          id={id}
          part={part}
          roster={room.staff}
          taken={taken}
          staff={staff}
          onChange={(roster) => {
            onChange({ ...room, staff: roster });
          }}
        />
      </div>
    </fieldset>
  );
}

/** Code, name, seats and equipment of a room. */
function RoomNumbers({ id, room, onChange }: { id: string; room: RoomPlan; onChange(room: RoomPlan): void }) {
  const text = useText(sittingMessages);
  const { equipment } = room;
  return (
    <div className="room-numbers">
      <Form.Item label={text('roomCode')} htmlFor={`${id}-code`}>
        <Input
          id={`${id}-code`}
          maxLength={30}
          value={room.code}
          onChange={(event) => {
            onChange({ ...room, code: event.target.value.trim() });
          }}
        />
      </Form.Item>
      <Form.Item label={text('roomName')} htmlFor={`${id}-name`}>
        <Input
          id={`${id}-name`}
          maxLength={60}
          value={room.name}
          placeholder={room.code}
          onChange={(event) => {
            onChange({ ...room, name: event.target.value });
          }}
        />
      </Form.Item>
      {(['seats', 'columns'] as const).map((field) => (
        <Form.Item key={field} label={text(field)} htmlFor={`${id}-${field}`}>
          <InputNumber
            id={`${id}-${field}`}
            min={1}
            max={field === 'seats' ? 500 : 50}
            value={room[field]}
            onChange={(value) => {
              onChange({ ...room, [field]: value ?? 1 });
            }}
          />
        </Form.Item>
      ))}
      <Form.Item label={text('computers')} htmlFor={`${id}-computers`}>
        <InputNumber
          id={`${id}-computers`}
          min={0}
          max={1000}
          value={equipment.computers}
          onChange={(value) => {
            onChange({ ...room, equipment: { ...equipment, computers: value ?? 0 } });
          }}
        />
      </Form.Item>
      <div className="room-checks">
        {(['multimedia', 'audio', 'internet'] as const).map((kind) => (
          <Checkbox
            key={kind}
            checked={equipment[kind]}
            onChange={(event) => {
              onChange({ ...room, equipment: { ...equipment, [kind]: event.target.checked } });
            }}
          >
            {text(kind)}
          </Checkbox>
        ))}
      </div>
    </div>
  );
}
