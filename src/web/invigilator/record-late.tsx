import type { LateDecisionView } from '../../proctoring/proctoring.views.contract.ts';
import { useLanguage, useText, type Messages } from '../lib/language.tsx';
import { RecordTable, time } from './record-tables.tsx';
import { seatNumber } from './seat-status.ts';

const messages = {
  at: { zh: '时间', en: 'Time' },
  seat: { zh: '座位', en: 'Seat' },
  count: { zh: '题数', en: 'Questions' },
  decision: { zh: '决定', en: 'Decision' },
  accepted: { zh: '采用', en: 'Accepted' },
  refused: { zh: '不采用', en: 'Not accepted' },
  undone: { zh: '未执行：{why}', en: 'Not done: {why}' },
  reason: { zh: '原因', en: 'Reason' },
  by: { zh: '决定人', en: 'By' },
  digests: { zh: '答卷摘要（前 → 后）', en: 'Digest (before → after)' },
} satisfies Messages;

/** The chief's decisions on late answers, a line a seat; both digests, so that either receipt can be told. */
export function LateDecisionTable({
  rows,
  seatOf,
}: {
  rows: readonly LateDecisionView[];
  seatOf: ReadonlyMap<string, number>;
}) {
  const text = useText(messages);
  const { lang } = useLanguage();
  const heads = (['at', 'seat', 'count', 'decision', 'reason', 'by', 'digests'] as const).map((key) =>
    text(key),
  );
  return (
    <RecordTable
      heads={heads}
      rows={rows.flatMap(({ id, at, accepted, reason, byName, results }) =>
        results.map((result) => ({
          key: `${id} ${result.attemptId}`,
          cells: [
            time(at),
            seatNumber(seatOf.get(result.attemptId) ?? result.seat),
            result.ok ? result.items : '',
            result.ok
              ? text(accepted ? 'accepted' : 'refused')
              : text('undone', { why: result.problem[lang] }),
            reason,
            byName,
            result.ok && accepted
              ? `${result.digestBefore.slice(0, 12)} → ${result.digestAfter.slice(0, 12)}`
              : '',
          ],
        })),
      )}
    />
  );
}
