import { App, Button, Form } from 'antd';
import { useState } from 'react';
import type { RoomView, SittingView } from '../../../sitting/sitting.contract.ts';
import { api } from '../../lib/api.ts';
import { useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { useMay } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { sittingMessages } from './messages.ts';
import { RosterFields } from './roster-fields.tsx';
import { StaffingVerdictLine } from './staffing.tsx';
import { useStaff, type RosterEntry, type StaffDirectory } from './use-staff.ts';

/** The rooms of a sitting with their staff; the roster can be changed until a room is open. */
export function RoomsPanel({ sitting, onChanged }: { sitting: SittingView; onChanged(): void }) {
  const staff = useStaff();
  const [editing, setEditing] = useState<RoomView>();
  return (
    <>
      <ul className="file-list">
        {sitting.rooms.map((room) => (
          <RoomLine
            key={room.id}
            room={room}
            sitting={sitting}
            staff={staff}
            onEdit={() => {
              setEditing(room);
            }}
          />
        ))}
      </ul>
      {editing !== undefined && (
        <RosterPanel
          key={editing.id}
          room={editing}
          sitting={sitting}
          staff={staff}
          onClose={() => {
            setEditing(undefined);
          }}
          onSaved={onChanged}
        />
      )}
    </>
  );
}

function RoomLine({
  room,
  sitting,
  staff,
  onEdit,
}: {
  room: RoomView;
  sitting: SittingView;
  staff: StaffDirectory;
  onEdit(): void;
}) {
  const text = useText(sittingMessages);
  const mayEdit = useMay('exam-officer');
  return (
    <li>
      <div className="file-head">
        <strong>
          {room.code}
          {room.name === room.code ? '' : ` · ${room.name}`}
        </strong>
        <span className="muted">
          {text('candidates')} {room.candidates} / {room.seats}
        </span>
        <span className="muted">{text(room.state)}</span>
        {mayEdit && room.state === 'closed' && (
          <Button size="small" onClick={onEdit}>
            {text('changeRoster')}
          </Button>
        )}
      </div>
      <StaffingVerdictLine
        part={sitting.part}
        candidates={room.candidates}
        roster={room.staff}
        terms={sitting.terms.staffing}
      />
      <span>
        {room.staff.map((entry) => `${staff.nameOf(entry.accountId)} (${text(entry.duty)})`).join(' · ')}
      </span>
    </li>
  );
}

function RosterPanel({
  room,
  sitting,
  staff,
  onClose,
  onSaved,
}: {
  room: RoomView;
  sitting: SittingView;
  staff: StaffDirectory;
  onClose(): void;
  onSaved(): void;
}) {
  const text = useText(sittingMessages);
  const { message } = App.useApp();
  const [roster, setRoster] = useState<RosterEntry[]>(room.staff);
  const { busy, error, send } = useSend();
  const save = async (): Promise<void> => {
    const saved = await send(() => api.put<RoomView>(`/api/rooms/${room.id}/roster`, { staff: roster }));
    if (saved === undefined) return;
    message.success(text('rosterSaved', { room: room.code }));
    onSaved();
    onClose();
  };
  const others = sitting.rooms.filter((other) => other.id !== room.id);
  return (
    <SidePanel
      open
      width={520}
      title={text('rosterTitle', { room: room.code })}
      onClose={onClose}
      footer={
        <div className="drawer-actions">
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {text('saveRoster')}
          </Button>
        </div>
      }
    >
      <StaffingVerdictLine
        part={sitting.part}
        candidates={room.candidates}
        roster={roster}
        terms={sitting.terms.staffing}
      />
      <Refusal error={error} />
      <Form layout="vertical" component="div">
        <RosterFields
          id="roster"
          part={sitting.part}
          roster={roster}
          taken={new Set(others.flatMap((other) => other.staff.map((entry) => entry.accountId)))}
          staff={staff}
          onChange={setRoster}
        />
      </Form>
    </SidePanel>
  );
}
