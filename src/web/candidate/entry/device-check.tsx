import { useText, type Messages } from '../../lib/language.tsx';
import { judgeClock, useStorageCheck, useWindowSize, type LineVerdict } from './device.ts';

const messages = {
  title: { zh: '设备检查', en: 'This computer' },
  window: { zh: '窗口 {w}×{h}，够大', en: 'Window {w}×{h}: large enough' },
  windowSmall: {
    zh: '窗口只有 {w}×{h}，请最大化；不行请告诉监考员',
    en: 'Window only {w}×{h}: make it larger, or tell the invigilator',
  },
  storageChecking: { zh: '正在检查本机存储……', en: 'Checking the storage of this computer …' },
  storage: { zh: '本机可以保存答案', en: 'Answers can be kept on this computer' },
  storageRefused: {
    zh: '本机不能保存答案，请告诉监考员',
    en: 'Answers cannot be kept on this computer: tell the invigilator',
  },
  clockChecking: { zh: '正在核对时间……', en: 'Comparing the time …' },
  clock: { zh: '时间与考试服务器一致', en: 'The clock agrees with the exam server' },
  clockAhead: {
    zh: '本机时钟快{off}；以考试服务器为准，不影响考试',
    en: 'This clock is {off} ahead; that of the exam server counts, so you lose nothing',
  },
  clockBehind: {
    zh: '本机时钟慢{off}；以考试服务器为准，不影响考试',
    en: 'This clock is {off} behind; that of the exam server counts, so you lose nothing',
  },
  minutes: { zh: ' {n} 分钟', en: '{n} min' },
  hours: { zh: ' {n} 小时', en: '{n} h' },
  days: { zh: ' {n} 天', en: '{n} days' },
  lineChecking: { zh: '正在连接考试服务器……', en: 'Reaching the exam server …' },
  line: { zh: '已连接考试服务器', en: 'Connected to the exam server' },
  lineSlow: { zh: '已连接考试服务器，但较慢', en: 'Connected to the exam server, slowly' },
  lineCut: {
    zh: '暂时连不上考试服务器，正在重试',
    en: 'The exam server cannot be reached; trying again',
  },
} satisfies Messages;

type Tone = 'ok' | 'info' | 'attention' | 'trouble';
const SHAPES: Record<Tone, string> = { ok: '✓', info: '○', attention: '▲', trouble: '■' };

/** What this computer is fit for, before it matters: window, storage, clock, line. `offMs`: its clock minus the server's. */
export function DeviceCheck({ line, offMs }: { line: LineVerdict; offMs: number | undefined }) {
  const text = useText(messages);
  const { width: w, height: h, enough } = useWindowSize();
  const storage = useStorageCheck();
  const clock = ((): [Tone, string] => {
    if (offMs === undefined) return ['info', text('clockChecking')];
    const verdict = judgeClock(offMs);
    if (verdict.kind === 'right') return ['ok', text('clock')];
    const off = text(verdict.unit, { n: verdict.n });
    return ['info', text(verdict.kind === 'ahead' ? 'clockAhead' : 'clockBehind', { off })];
  })();
  const rows: [Tone, string][] = [
    enough ? ['ok', text('window', { w, h })] : ['attention', text('windowSmall', { w, h })],
    {
      checking: ['info', text('storageChecking')] as [Tone, string],
      works: ['ok', text('storage')] as [Tone, string],
      refused: ['trouble', text('storageRefused')] as [Tone, string],
    }[storage],
    clock,
    {
      checking: ['info', text('lineChecking')] as [Tone, string],
      good: ['ok', text('line')] as [Tone, string],
      slow: ['attention', text('lineSlow')] as [Tone, string],
      cut: ['trouble', text('lineCut')] as [Tone, string],
    }[line],
  ];
  return (
    <section className="device" aria-label={text('title')}>
      <h2>{text('title')}</h2>
      <ul className="steps">
        {rows.map(([tone, words], index) => (
          <li key={index} className={tone}>
            <span aria-hidden="true">{SHAPES[tone]}</span> {words}
          </li>
        ))}
      </ul>
    </section>
  );
}
