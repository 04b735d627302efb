import { useCallback, useEffect, useRef, useState } from 'react';
import type { Page } from '../../shared/paging.ts';
import type { RoomRow, StaffingView } from '../../proctoring/proctoring.views.contract.ts';
import { api } from '../lib/api.ts';
import { openLive, sendEvent } from '../lib/live.ts';

/** A list of rooms as the server last told it. */
export interface RoomsHandle {
  rooms: RoomRow[] | undefined;
  /** How many there are in all. */
  total: number;
  error: unknown;
  refresh(): void;
}

const POLL_MS = 15_000;
const GATHER_MS = 1_000;

/** Rooms of one list, `/api/rooms` or `/api/duty`: at once, by hints on the duty channel (for those who may hear it), and by a slow poll. */
export function useRooms(path: '/api/rooms' | '/api/duty', hears: boolean): RoomsHandle {
  const [rooms, setRooms] = useState<RoomRow[]>();
  const [total, setTotal] = useState(0);
  const [error, setError] = useState<unknown>();
  const newest = useRef(0);
  const refresh = useCallback(() => {
    newest.current += 1;
    const asked = newest.current;
    api.get<Page<RoomRow>>(`${path}?limit=200`).then(
      (page) => {
        if (asked !== newest.current) return;
        setRooms(page.items);
        setTotal(page.total);
        setError(undefined);
      },
      (refusal: unknown) => {
        setError(refusal);
      },
    );
  }, [path]);

  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, POLL_MS);
    if (!hears) {
      return () => {
        clearInterval(timer);
      };
    }
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const live = openLive();
    live.on('connect', () => {
      sendEvent(live, 'proctoring.duty.join', {})
        .catch(() => undefined)
        .finally(refresh);
    });
    live.on('room.staffing', (news: StaffingView) => {
      setRooms((before) =>
        before?.map((room) => (room.roomId === news.roomId ? withStaffing(room, news) : room)),
      );
      // A breach that goes on is told each second and changes nothing that the list does not know.
      if (news.breachSince !== undefined && news.now - news.breachSince > 2_000) return;
      gathering ??= setTimeout(() => {
        gathering = undefined;
        refresh();
      }, GATHER_MS);
    });
    return () => {
      live.close();
      clearInterval(timer);
      clearTimeout(gathering);
    };
  }, [refresh, hears]);
  return { rooms, total, error, refresh };
}

function withStaffing({ breachSince: _before, ...room }: RoomRow, news: StaffingView): RoomRow {
  const { state, verdict, breachSince } = news;
  return { ...room, state, verdict, ...(breachSince === undefined ? {} : { breachSince }) };
}
