import { useEffect, useState } from 'react';
import type { AttemptView } from '../../../sitting/attempt.contract.ts';
import { LanguageSwitch, useOf, useText, type Messages } from '../../lib/language.tsx';
import { clockText, timeText } from '../../lib/time.ts';
import { HandButton } from '../hand-button.tsx';
import type { AttemptHandle } from '../use-attempt.ts';
import { DeviceCheck } from './device-check.tsx';
import { usePageCheck } from './use-page-check.ts';

const messages = {
  place: { zh: '{room} {seat}号座', en: '{room}, seat {seat}' },
  startsAt: { zh: '{time} 开考', en: 'Starts at {time}' },
  untilStart: { zh: '距离开考', en: 'Until the start' },
  waitAdmit: { zh: '请等监考员核对您的身份', en: 'Wait for the invigilator to check who you are' },
  admitted: { zh: '监考员已核对身份', en: 'The invigilator has checked who you are' },
  paperLoaded: {
    zh: '试卷已加密下载到本机，开考时自动打开',
    en: 'The sealed paper is on this computer and opens by itself at the start',
  },
  paperLoading: { zh: '正在下载加密试卷……', en: 'Loading the sealed paper …' },
  paperLater: {
    zh: '核对身份后下载加密试卷',
    en: 'The sealed paper is loaded once you have been checked',
  },
  waitRoom: { zh: '时间已到，等待监考员开考。', en: 'It is time; waiting for the room to be started.' },
  opening: { zh: '正在打开试卷……', en: 'Opening the paper …' },
  held: { zh: '本考场暂停，请在座位上等候。', en: 'This room is on hold. Stay at your seat.' },
  rules: { zh: '考试须知', en: 'Before you begin' },
  rule1: {
    zh: '考试时间 {minutes} 分钟，以考试服务器的时间为准。',
    en: 'You have {minutes} minutes, by the clock of the exam server.',
  },
  rule2: {
    zh: '每次作答都会立即保存。断网时答案保存在本机，连上后自动上传，请继续作答。',
    en: 'Each answer is saved at once. If the line drops, it is kept on this computer and sent later: carry on.',
  },
  rule3: {
    zh: '开考 {n} 分钟后可以交卷；时间到时自动交卷。',
    en: 'You may hand in {n} minutes after the start; at the end it is handed in for you.',
  },
  rule4: {
    zh: '有问题请按“举手”。离开座位前按“离座”，屏幕会被遮住，计时继续。',
    en: 'Press "Raise hand" if you need help, and "Leave seat" before you leave it: the screen is covered and the clock runs on.',
  },
  rule5: {
    zh: '电脑出现故障时留在座位上，监考员会处理；已作答的内容都在。',
    en: 'If the computer fails, stay seated; the invigilator sees to it, and everything you answered is there.',
  },
  rule6: {
    zh: '键盘：A–F 或 1–6 选择，← → 换题，M 标记，? 查看全部按键。',
    en: 'Keys: A–F or 1–6 choose, ← → change the question, M marks, ? shows all keys.',
  },
} satisfies Messages;

interface WaitingProps {
  handle: AttemptHandle;
  attempt: AttemptView;
  /** The sealed paper is on this computer. */
  paperReady: boolean;
}

/** The wait for the start: rules to read, the server's countdown, the sealed paper loading meanwhile. */
export function Waiting({ handle, attempt, paperReady }: WaitingProps) {
  const { line, offMs } = usePageCheck(handle);
  return (
    <main className="waiting">
      <Countdown handle={handle} attempt={attempt} paperReady={paperReady} />
      <section className="panel rules">
        <Rules attempt={attempt} />
        <DeviceCheck line={line} offMs={offMs} />
      </section>
    </main>
  );
}

/** Ms until `at` by the server's clock, as text; redrawn only when a second has passed. */
function useCountdown(at: number, handle: AttemptHandle): { over: boolean; words: string } {
  const { clock } = handle;
  const [shown, setShown] = useState({ over: false, words: '--:--:--' });
  useEffect(() => {
    const tick = (): void => {
      const now = clock.now();
      if (now === undefined) return;
      const next = { over: at - now <= 0, words: clockText(at - now) };
      setShown((before) => (before.words === next.words && before.over === next.over ? before : next));
    };
    const timer = setInterval(tick, 250);
    return () => {
      clearInterval(timer);
    };
  }, [at, clock]);
  return shown;
}

function Countdown({ handle, attempt, paperReady }: WaitingProps) {
  const text = useText(messages);
  const of = useOf();
  const { over, words } = useCountdown(attempt.startsAt, handle);
  const admitted = attempt.state !== 'expected';
  const { state } = attempt.room;
  const told =
    state === 'held'
      ? `❚❚ ${text('held')}`
      : !over || !admitted
        ? undefined
        : text(state === 'running' ? 'opening' : 'waitRoom');
  return (
    <section className="panel countdown">
      <header>
        <h1>{of(attempt.paperTitle)}</h1>
        <LanguageSwitch />
      </header>
      <p>
        {text('place', { room: attempt.room.name, seat: attempt.seat })} · {attempt.candidate.name}
      </p>
      <p className="countdown-face">
        <span className="muted">{text('untilStart')}</span>
        <span className="countdown-clock number" role="timer" aria-live="off">
          {words}
        </span>
        <span className="muted">{text('startsAt', { time: timeText(attempt.startsAt) })}</span>
      </p>
      <div role="status">
        <ul className="steps">
          <Step done={admitted} words={text(admitted ? 'admitted' : 'waitAdmit')} />
          <Step
            done={paperReady}
            words={text(paperReady ? 'paperLoaded' : admitted ? 'paperLoading' : 'paperLater')}
          />
        </ul>
        {told !== undefined && <p className="notice attention">{told}</p>}
      </div>
      <footer>
        <HandButton attempt={attempt} refresh={handle.refresh} />
      </footer>
    </section>
  );
}

function Step({ done, words }: { done: boolean; words: string }) {
  return (
    <li className={done ? 'ok' : ''}>
      <span aria-hidden="true">{done ? '✓' : '○'}</span> {words}
    </li>
  );
}

function Rules({ attempt }: { attempt: AttemptView }) {
  const text = useText(messages);
  return (
    <>
      <h2>{text('rules')}</h2>
      <ol>
        <li>{text('rule1', { minutes: attempt.minutes })}</li>
        <li>{text('rule2')}</li>
        <li>{text('rule3', { n: attempt.limits.earliestHandInMinutes })}</li>
        <li>{text('rule4')}</li>
        <li>{text('rule5')}</li>
        <li>{text('rule6')}</li>
      </ol>
    </>
  );
}
