import { memo } from 'react';
import { useText, type Messages } from '../lib/language.tsx';
import type { View } from './use-view.ts';
import './styles/foot.css';

const messages = {
  previous: { zh: '上一题', en: 'Previous' },
  next: { zh: '下一题', en: 'Next' },
  card: { zh: '答题卡', en: 'Answer card' },
  calculator: { zh: '计算器', en: 'Calculator' },
  scratch: { zh: '草稿', en: 'Scratch pad' },
  zoom: { zh: '放大', en: 'Magnify' },
  larger: { zh: '放大题目', en: 'Larger' },
  smaller: { zh: '缩小题目', en: 'Smaller' },
  asItWas: { zh: '放大 {percent}%，按此恢复原大', en: 'Magnify {percent}%: back to 100%' },
  keys: { zh: '按键', en: 'Keys' },
} satisfies Messages;

/** What the candidate may open beside the question. */
export type ToolName = 'calculator' | 'scratch';

/** Steps of the magnifier; 1 is 100 %. */
export const ZOOMS = [1, 1.25, 1.5, 2] as const;

interface FootProps {
  index: number;
  total: number;
  calculator: boolean;
  view: View;
  onGo(number: number): void;
}

/** The foot of the page: previous, tools, next. */
export const Foot = memo(function Foot(props: FootProps) {
  const { index, total, view, onGo } = props;
  const text = useText(messages);
  const toolButton = (name: ToolName) => (
    <button
      type="button"
      className="button quiet"
      aria-pressed={view.tool === name}
      onClick={() => {
        view.setTool(view.tool === name ? undefined : name);
      }}
    >
      {text(name)}
    </button>
  );
  return (
    <footer className="foot">
      <button
        type="button"
        className="button"
        disabled={index <= 0}
        onClick={() => {
          onGo(index);
        }}
      >
        <span aria-hidden="true">◀</span> {text('previous')}
      </button>
      <span className="foot-tools">
        {view.narrow && (
          <button
            type="button"
            className="button quiet"
            aria-expanded={view.card}
            onClick={() => {
              view.showCard(true);
            }}
          >
            {text('card')}
          </button>
        )}
        {props.calculator && toolButton('calculator')}
        {toolButton('scratch')}
        <Magnifier zoom={view.zoom} onZoom={view.stepZoom} />
        <button
          type="button"
          className="button quiet"
          onClick={() => {
            view.setDialog('keys');
          }}
        >
          {text('keys')} <kbd aria-hidden="true">?</kbd>
        </button>
      </span>
      <button
        type="button"
        className="button"
        disabled={index >= total - 1}
        onClick={() => {
          onGo(index + 2);
        }}
      >
        {text('next')} <span aria-hidden="true">▶</span>
      </button>
    </footer>
  );
});

function Magnifier({ zoom, onZoom }: { zoom: number; onZoom: View['stepZoom'] }) {
  const text = useText(messages);
  const percent = Math.round((ZOOMS[zoom] ?? 1) * 100);
  return (
    <span className="magnifier" role="group" aria-label={text('zoom')}>
      <button
        type="button"
        className="button quiet"
        aria-label={text('smaller')}
        disabled={zoom === 0}
        onClick={() => {
          onZoom(-1);
        }}
      >
        −
      </button>
      <button
        type="button"
        className="button quiet"
        aria-label={text('asItWas', { percent })}
        title={text('asItWas', { percent })}
        onClick={() => {
          onZoom(0);
        }}
      >
        {text('zoom')} <span className="number">{percent}%</span>
      </button>
      <button
        type="button"
        className="button quiet"
        aria-label={text('larger')}
        disabled={zoom >= ZOOMS.length - 1}
        onClick={() => {
          onZoom(1);
        }}
      >
        +
      </button>
    </span>
  );
}
