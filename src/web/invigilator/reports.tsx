import { useEffect, useState } from 'react';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { Shape } from './shape.tsx';
import type { OrdersHandle, Report } from './use-orders.ts';

const messages = {
  undo: { zh: '撤销（{n}）', en: 'Undo ({n})' },
  dismiss: { zh: '关闭', en: 'Dismiss' },
} satisfies Messages;

/** How long what went well stays, ms. What did not stays until it is put away. */
const SHOWN_MS = 10_000;

/** What came of the last actions, above the foot of the page. */
export function Reports({ orders }: { orders: OrdersHandle }) {
  return (
    <div className="reports" role="status">
      {orders.reports.map((report) => (
        <ReportLine key={report.id} report={report} orders={orders} />
      ))}
    </div>
  );
}

function ReportLine({ report, orders }: { report: Report; orders: OrdersHandle }) {
  const text = useText(messages);
  const of = useOf();
  const { id, tone, undo } = report;
  const { dismiss } = orders;
  const left = useSecondsLeft(undo?.until);
  useEffect(() => {
    if (tone === 'trouble') return;
    const timer = setTimeout(() => {
      dismiss(id);
    }, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, tone, dismiss]);
  return (
    <p className={`report ${tone}`}>
      <span className={`status ${tone}`}>
        <Shape name={tone} />
      </span>
      <span>{of(report.text)}</span>
      {undo !== undefined && left > 0 && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            dismiss(id);
            void orders.send({ command: 'resume', seats: undo.seats, whole: false }).then(orders.complain);
          }}
        >
          <span aria-live="off">{text('undo', { n: left })}</span>
        </button>
      )}
      <button
        type="button"
        className="icon-close"
        aria-label={text('dismiss')}
        onClick={() => {
          dismiss(id);
        }}
      >
        ×
      </button>
    </p>
  );
}

/** Whole seconds until `until` (performance.now()), 0 afterwards. */
function useSecondsLeft(until: number | undefined): number {
  const [left, setLeft] = useState(10);
  useEffect(() => {
    if (until === undefined) return;
    const tick = (): void => {
      setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    };
    tick();
    const timer = setInterval(tick, 500);
    return () => {
      clearInterval(timer);
    };
  }, [until]);
  return until === undefined ? 0 : left;
}
