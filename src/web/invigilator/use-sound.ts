import { useCallback, useEffect, useRef, useState } from 'react';

const MUTE_MS = 60_000;
/** A breach sounds again until it is over, ms. */
const AGAIN_MS = 10_000;

/** One short tone. Browsers let a page sound only after the person has touched it; before that nothing is heard. */
function tone(context: AudioContext, hertz: number, times: number): void {
  for (let n = 0; n < times; n += 1) {
    const from = context.currentTime + n * 0.22;
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = hertz;
    gain.gain.setValueAtTime(0.0001, from);
    gain.gain.exponentialRampToValueAtTime(0.2, from + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + 0.18);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(from + 0.2);
  }
}

export interface SoundHandle {
  muted: boolean;
  /** Silence for a minute; again: sound at once. */
  toggle(): void;
}

/** Sounds for a staffing breach (until it is over) and for each newly raised hand, and for nothing else. */
export function useSound(breach: boolean, hands: readonly string[]): SoundHandle {
  const [muted, setMuted] = useState(false);
  const context = useRef<AudioContext>(undefined);
  const raised = useRef<ReadonlySet<string>>(undefined);
  const play = useCallback((hertz: number, times: number) => {
    context.current ??= new AudioContext();
    const audio = context.current;
    void audio.resume().then(() => {
      tone(audio, hertz, times);
    });
  }, []);
  const up = hands.join();

  useEffect(() => {
    const now = new Set(up === '' ? [] : up.split(','));
    const fresh = [...now].some((id) => raised.current?.has(id) === false);
    raised.current = now;
    if (fresh && !muted) play(660, 1);
  }, [up, muted, play]);

  useEffect(() => {
    if (!breach || muted) return;
    play(880, 3);
    const timer = setInterval(() => {
      play(880, 3);
    }, AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [breach, muted, play]);

  useEffect(() => {
    if (!muted) return;
    const timer = setTimeout(() => {
      setMuted(false);
    }, MUTE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [muted]);

  const toggle = useCallback(() => {
    setMuted((now) => !now);
  }, []);
  return { muted, toggle };
}
