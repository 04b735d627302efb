import { FieldTimeOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useEffect, useState } from 'react';
import type { Me } from '../../people/people.contract.ts';
import { api, errorText } from '../lib/api.ts';
import { useLanguage, useText } from '../lib/language.tsx';
import { dateTimeText, ServerClock, timeText } from '../lib/time.ts';
import { clockMessages } from './messages.ts';

const STEPS = [1, 5, 15, 90] as const;

/** How often the server's time is asked for again, ms: somebody else may have moved it. */
const ASK_MS = 20_000;

/** The server's time and, for administrators of a demo, a way to move it forward. */
export function DemoClock({ me }: { me: Me }) {
  const text = useText(clockMessages);
  const { lang } = useLanguage();
  const { message } = App.useApp();
  const { now, observe } = useServerNow();
  const move = async (minutes: number): Promise<void> => {
    const sentAt = performance.now();
    try {
      const answer = await api.post<{ now: number }>('/api/demo/clock', { minutes });
      observe(answer.now, sentAt);
      message.success(text('moved', { n: minutes }));
    } catch (error) {
      message.error(errorText(error, lang));
    }
  };
  const face = (
    <time className="office-clock" title={now === undefined ? '' : dateTimeText(now)}>
      <span>{text('demo')}</span> {now === undefined ? '–' : timeText(now, true)}
    </time>
  );
  if (!me.roles.includes('administrator')) return face;
  return (
    <>
      {face}
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'warning', type: 'group', label: <span className="clock-note">{text('warning')}</span> },
            ...STEPS.map((n) => ({ key: String(n), label: text('minutes', { n }) })),
          ],
          onClick: ({ key }) => void move(Number(key)),
        }}
      >
        <Button size="small" icon={<FieldTimeOutlined />}>
          {text('move')}
        </Button>
      </Dropdown>
    </>
  );
}

function useServerNow(): { now: number | undefined; observe(now: number, sentAt: number): void } {
  const [clock] = useState(() => new ServerClock());
  const [now, setNow] = useState<number>();
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const sentAt = performance.now();
      try {
        clock.observe((await api.get<Me>('/api/me')).now, sentAt);
      } catch {
        // The time shown goes on by itself; the next question corrects it.
      }
    };
    void ask();
    const asking = setInterval(() => void ask(), ASK_MS);
    const ticking = setInterval(() => {
      setNow(clock.now());
    }, 1000);
    return () => {
      clearInterval(asking);
      clearInterval(ticking);
    };
  }, [clock]);
  return {
    now,
    observe: (serverNow, sentAt) => {
      clock.observe(serverNow, sentAt);
      setNow(clock.now());
    },
  };
}
