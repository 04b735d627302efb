import { useEffect, useState } from 'react';
import type { AttemptView } from '../../sitting/attempt.contract.ts';
import { useOf, useText, type Messages } from '../lib/language.tsx';
import { clockText, timeText } from '../lib/time.ts';

const messages = {
  place: { zh: '{room} {seat}号座', en: '{room}, seat {seat}' },
  startsAt: { zh: '开考时间 {time}', en: 'Starts at {time}' },
  untilStart: { zh: '距离开考', en: 'Until the start' },
  waitAdmit: { zh: '请等监考员核对您的身份。', en: 'Wait for the invigilator to check who you are.' },
  admitted: { zh: '已核对身份', en: 'Identity checked' },
  paperLoaded: {
    zh: '试卷已加密下载到本机，开考时自动打开',
    en: 'The sealed paper is on this computer and opens by itself at the start',
  },
  paperLoading: { zh: '正在下载加密试卷……', en: 'Loading the sealed paper …' },
  waitRoom: { zh: '时间已到，等待监考员开考。', en: 'It is time; waiting for the room to be started.' },
  held: { zh: '本考场暂停，请在座位上等候。', en: 'This room is on hold. Stay at your seat.' },
  rules: { zh: '考试须知', en: 'Before you begin' },
  rule1: {
    zh: '考试时间 {minutes} 分钟，以考试服务器的时间为准。',
    en: 'You have {minutes} minutes, by the exam server’s clock.',
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
    zh: '有问题请按“举手”。电脑出现故障时不要离开座位。',
    en: 'Press “Raise hand” if you need help. If the computer fails, stay at your seat.',
  },
  rule5: {
    zh: '键盘：A–F 或 1–6 选择，← → 换题，M 标记。',
    en: 'Keys: A–F or 1–6 choose, ← → change the question, M marks.',
  },
  device: { zh: '设备检查', en: 'This computer' },
  deviceStorage: { zh: '本机可以保存答案', en: 'Answers can be kept on this computer' },
  deviceScreen: { zh: '屏幕 {w}×{h}', en: 'Screen {w}×{h}' },
  deviceLine: { zh: '与考试服务器连接', en: 'Connected to the exam server' },
} satisfies Messages;

interface WaitingProps {
  attempt: AttemptView;
  paperReady: boolean;
  online: boolean;
  now(): number | undefined;
}

/** The wait for the start: rules to read, the server's countdown, the sealed paper loading meanwhile. */
export function Waiting({ attempt, paperReady, online, now }: WaitingProps) {
  const text = useText(messages);
  const of = useOf();
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    const timer = setInterval(() => {
      const at = now();
      setLeft(at === undefined ? undefined : attempt.startsAt - at);
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [attempt.startsAt, now]);
  const admitted = attempt.state !== 'expected';
  return (
    <main className="waiting">
      <section className="panel countdown">
        <h1>{of(attempt.paperTitle)}</h1>
        <p>
          {text('place', { room: attempt.room.name, seat: attempt.seat })} · {attempt.candidate.name}
        </p>
        <p className="muted">{text('startsAt', { time: timeText(attempt.startsAt) })}</p>
        <p className="muted">{text('untilStart')}</p>
        <p className="countdown-clock number" role="timer" aria-live="off">
          {left === undefined ? '--:--:--' : clockText(left)}
        </p>
        <div role="status">
          <ul className="steps">
            <Step done={admitted} words={text(admitted ? 'admitted' : 'waitAdmit')} />
            <Step done={paperReady} words={text(paperReady ? 'paperLoaded' : 'paperLoading')} />
          </ul>
        </div>
        {attempt.room.state === 'held' && <p className="notice attention">❚❚ {text('held')}</p>}
        {left !== undefined && left <= 0 && admitted && attempt.room.state === 'admitting' && (
          <p className="notice">{text('waitRoom')}</p>
        )}
      </section>
      <section className="panel rules">
        <h2>{text('rules')}</h2>
        <ol>
          <li>{text('rule1', { minutes: attempt.minutes })}</li>
          <li>{text('rule2')}</li>
          <li>{text('rule3', { n: attempt.limits.earliestHandInMinutes })}</li>
          <li>{text('rule4')}</li>
          <li>{text('rule5')}</li>
        </ol>
        <h2>{text('device')}</h2>
        <ul className="steps">
          <Step done={'indexedDB' in window} words={text('deviceStorage')} />
          <Step
            done={window.innerWidth >= 1000}
            words={text('deviceScreen', { w: window.screen.width, h: window.screen.height })}
          />
          <Step done={online} words={text('deviceLine')} />
        </ul>
      </section>
    </main>
  );
}

function Step({ done, words }: { done: boolean; words: string }) {
  return (
    <li className={done ? 'done' : ''}>
      <span aria-hidden="true">{done ? '✓' : '○'}</span> {words}
    </li>
  );
}
