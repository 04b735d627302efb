import { useHash } from '../lib/hash.ts';
import { StaffOnly } from '../lib/session.tsx';
import type { Role } from '../../shared/roles.ts';
import { Console } from './console.tsx';
import { Lobby } from './lobby.tsx';
import { Record } from './record.tsx';
import './console.css';
import './headline.css';
import './toolbar.css';
import './seats.css';
import './seat-table.css';
import './panel.css';
import './late.css';
import './dialogs/dialogs.css';
import './lobby.css';
import './record.css';
import './narrow.css';

const ROLES: readonly Role[] = ['invigilator', 'chief-invigilator', 'examiner', 'exam-officer', 'auditor'];

/** The invigilator's page: my rooms; `#<roomId>` one room's console; `#<roomId>/record` its record. */
export function InvigilatorApp() {
  const [roomId, page] = useHash();
  return (
    <StaffOnly roles={ROLES}>
      {(session) => {
        if (roomId === undefined) return <Lobby session={session} />;
        if (page === 'record') return <Record key={roomId} roomId={roomId} session={session} />;
        return <Console key={roomId} roomId={roomId} session={session} />;
      }}
    </StaffOnly>
  );
}
