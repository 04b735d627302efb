import { useEffect, useState } from 'react';
import { StaffOnly } from '../lib/session.tsx';
import type { Role } from '../../shared/roles.ts';
import { Console } from './console.tsx';
import { Lobby } from './lobby.tsx';
import { Record } from './record.tsx';
import './console.css';
import './seats.css';
import './panel.css';
import './dialogs/dialogs.css';
import './lobby.css';
import './record.css';

const ROLES: readonly Role[] = ['invigilator', 'chief-invigilator', 'examiner', 'exam-officer', 'auditor'];

/** What the address asks for: `#<roomId>` the console, `#<roomId>/record` the record, nothing the rooms. */
function usePlace(): { roomId: string | undefined; record: boolean } {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const listen = (): void => {
      setHash(location.hash);
    };
    window.addEventListener('hashchange', listen);
    return () => {
      window.removeEventListener('hashchange', listen);
    };
  }, []);
  const [roomId, page] = hash.slice(1).split('/');
  return { roomId: roomId === '' ? undefined : roomId, record: page === 'record' };
}

/** The invigilator's page: my rooms, one room's console, its record. */
export function InvigilatorApp() {
  const { roomId, record } = usePlace();
  return (
    <StaffOnly roles={ROLES}>
      {(session) => {
        if (roomId === undefined) return <Lobby session={session} />;
        if (record) return <Record key={roomId} roomId={roomId} session={session} />;
        return <Console key={roomId} roomId={roomId} session={session} />;
      }}
    </StaffOnly>
  );
}
