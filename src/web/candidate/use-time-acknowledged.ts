import { useEffect, useRef } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { api } from '../lib/api.ts';

/**
 * Tells the server of each change of time that this page shows, once; one that did not get through is told with the
 * next state of the attempt. The consoles count these: "acknowledged n of m".
 */
export function useTimeAcknowledged(attempt: AttemptView | undefined): void {
  const told = useRef(new Set<string>());
  useEffect(() => {
    if (attempt?.writer.mine !== true) return;
    for (const { id, acknowledged } of attempt.ledger) {
      if (acknowledged || told.current.has(id)) continue;
      told.current.add(id);
      api.post(`/api/attempts/${attempt.attemptId}/ledger/${id}/ack`).catch(() => {
        told.current.delete(id);
      });
    }
  }, [attempt]);
}
