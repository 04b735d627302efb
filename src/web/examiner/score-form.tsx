import { useEffect, useRef, useState } from 'react';
import type { Criterion } from '../../assembly/template.contract.ts';
import { add, fraction, parseDecimal, roundHalfUp, ZERO } from '../../shared/fraction.ts';
import { errorText } from '../lib/api.ts';
import { useLanguage, useOf, useText, type Messages } from '../lib/language.tsx';
import { timeText } from '../lib/time.ts';

const messages = {
  criterion: { zh: '评分项', en: 'Criterion' },
  score: { zh: '得分', en: 'Score' },
  of: { zh: '满分 {n}', en: 'of {n}' },
  total: { zh: '合计', en: 'Total' },
  note: { zh: '备注（仅自己可见，公开后各评分人可见）', en: 'Note (others see it after disclosure)' },
  seal: { zh: '封存评分', en: 'Seal my scores' },
  sealHelp: {
    zh: '封存后不能再改；全部评分人封存后同时公开。',
    en: 'A sealed sheet cannot be changed; all are disclosed together.',
  },
  missing: { zh: '还有 {n} 项没有打分', en: '{n} criteria without a score' },
  outside: { zh: '应在 0 到 {max} 之间，最多一位小数', en: 'From 0 to {max}, one decimal at most' },
  saved: { zh: '✓ 已保存 {time}', en: '✓ Saved {time}' },
  saving: { zh: '… 正在保存', en: '… Saving' },
  sealed: { zh: '✓ 已封存', en: '✓ Sealed' },
  confirm: { zh: '再按一次确认封存', en: 'Press again to seal' },
} satisfies Messages;

interface ScoreFormProps {
  /** Changes with what is judged, so that drafts never mix. */
  id: string;
  criteria: readonly Criterion[];
  scores: Readonly<Record<string, string>>;
  note: string;
  sealed: boolean;
  /** Why sealing is not possible now, besides missing scores. */
  notNow?: string | undefined;
  onSave(scores: Record<string, string>, note: string): Promise<{ savedAt: number }>;
  onSeal(): Promise<void>;
}

const SAVE_AFTER_MS = 500;
const RETRY_MS = 3_000;

const onScale = (text: string, max: number): boolean => {
  const value = parseDecimal(text);
  return /^\d{1,3}(\.\d)?$/.test(text) && value !== undefined && value.num <= BigInt(max) * value.den;
};

/** The sheet: points by key, running total, note, seal. Every change is saved; a draft also stays on this computer. */
export function ScoreForm({ id, criteria, scores, note, sealed, notNow, onSave, onSeal }: ScoreFormProps) {
  const text = useText(messages);
  const of = useOf();
  const { lang } = useLanguage();
  const draftKey = `kaochang-sheet-${id}`;
  const [draft, setDraft] = useState<{ scores: Record<string, string>; note: string }>(() => {
    const kept = sealed ? null : localStorage.getItem(draftKey);
    return kept === null
      ? { scores: { ...scores }, note }
      : (JSON.parse(kept) as { scores: Record<string, string>; note: string });
  });
  const [savedAt, setSavedAt] = useState<number>();
  const [dirty, setDirty] = useState(() => localStorage.getItem(draftKey) !== null && !sealed);
  const [error, setError] = useState<unknown>(undefined);
  const [confirming, setConfirming] = useState(false);
  const [tries, setTries] = useState(0);
  const save = useRef(onSave);
  useEffect(() => {
    save.current = onSave;
  }, [onSave]);

  useEffect(() => {
    if (!dirty || sealed) return;
    localStorage.setItem(draftKey, JSON.stringify(draft));
    const good = Object.fromEntries(
      Object.entries(draft.scores).filter(([key, value]) =>
        onScale(value, criteria.find((c) => c.id === key)?.points ?? 0),
      ),
    );
    let retry: ReturnType<typeof setTimeout> | undefined;
    const timer = setTimeout(() => {
      save.current(good, draft.note).then(
        ({ savedAt: at }) => {
          localStorage.removeItem(draftKey);
          setSavedAt(at);
          setError(undefined);
          setDirty(false);
        },
        (refusal: unknown) => {
          setError(refusal);
          retry = setTimeout(() => {
            setTries((n) => n + 1);
          }, RETRY_MS);
        },
      );
    }, SAVE_AFTER_MS);
    return () => {
      clearTimeout(timer);
      clearTimeout(retry);
    };
  }, [draft, dirty, sealed, draftKey, criteria, tries]);

  const change = (next: Partial<typeof draft>): void => {
    setDraft((before) => ({ ...before, ...next }));
    setDirty(true);
    setConfirming(false);
  };
  const shown = sealed ? { scores, note } : draft;
  const missing = criteria.filter(
    (criterion) => !onScale(shown.scores[criterion.id] ?? '', criterion.points),
  ).length;
  const total = criteria.reduce(
    (sum, criterion) => add(sum, parseDecimal(shown.scores[criterion.id] ?? '') ?? ZERO),
    ZERO,
  );
  const possible = criteria.reduce((sum, criterion) => sum + criterion.points, 0);
  const blocked = missing > 0 ? text('missing', { n: missing }) : notNow;
  return (
    <form
      className="score-form"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {criteria.map((criterion) => {
        const value = shown.scores[criterion.id] ?? '';
        const wrong = value !== '' && !onScale(value, criterion.points);
        const field = `score-${id}-${criterion.id}`;
        return (
          <div key={criterion.id} className="criterion">
            <label htmlFor={field}>{of(criterion.title)}</label>
            <span className="criterion-score">
              <input
                id={field}
                inputMode="decimal"
                autoComplete="off"
                maxLength={5}
                value={value}
                disabled={sealed}
                aria-invalid={wrong}
                aria-describedby={`${field}-help`}
                onChange={(event) => {
                  change({
                    scores: { ...draft.scores, [criterion.id]: event.target.value.normalize('NFKC').trim() },
                  });
                }}
              />
              <span className="muted">{text('of', { n: criterion.points })}</span>
            </span>
            <ul id={`${field}-help`} className="descriptors">
              {criterion.descriptors.map((descriptor) => (
                <li key={descriptor.from}>
                  <b className="number">
                    {descriptor.from}–{descriptor.to}
                  </b>{' '}
                  {of(descriptor.text)}
                </li>
              ))}
            </ul>
            {wrong && <p className="field-wrong">▲ {text('outside', { max: criterion.points })}</p>}
          </div>
        );
      })}
      <p className="score-total">
        {text('total')} <b className="number">{roundHalfUp(total, 1)}</b> /{' '}
        <span className="number">{roundHalfUp(fraction(possible), 0)}</span>
      </p>
      <div className="field">
        <label htmlFor={`note-${id}`}>{text('note')}</label>
        <textarea
          id={`note-${id}`}
          rows={3}
          maxLength={2000}
          value={shown.note}
          disabled={sealed}
          onChange={(event) => {
            change({ note: event.target.value });
          }}
        />
      </div>
      <p role="status" className={error === undefined ? 'muted' : 'field-wrong'}>
        {sealed
          ? text('sealed')
          : error !== undefined
            ? errorText(error, lang)
            : dirty
              ? text('saving')
              : savedAt === undefined
                ? ''
                : text('saved', { time: timeText(savedAt, true) })}
      </p>
      {!sealed && (
        <div className="seal">
          <button
            type="button"
            className="button primary"
            aria-disabled={blocked !== undefined || dirty}
            aria-describedby={`seal-${id}`}
            onClick={() => {
              if (blocked !== undefined || dirty) return;
              if (!confirming) {
                setConfirming(true);
                return;
              }
              onSeal().catch((refusal: unknown) => {
                setError(refusal);
              });
            }}
          >
            {confirming ? text('confirm') : text('seal')}
          </button>
          <span id={`seal-${id}`} className="muted">
            {blocked ?? text('sealHelp')}
          </span>
        </div>
      )}
    </form>
  );
}
