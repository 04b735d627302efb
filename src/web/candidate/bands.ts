import type { SaveState } from './answer-sender.ts';
import type { WritingState } from './writing.ts';

/** The one thing that a band across the page says; the gravest first. */
export type Band = 'outdated' | 'other-tab' | 'not-kept' | 'refused' | 'line-lost' | 'not-through';

/** The band that the page shows, if any. `online`: the server answered the last time it was asked. */
export function bandOf(save: SaveState, writing: WritingState, online: boolean): Band | undefined {
  if (writing === 'outdated' || save.kind === 'outdated') return 'outdated';
  if (writing === 'other-tab') return 'other-tab';
  if (save.kind === 'not-kept' || save.kind === 'refused') return save.kind;
  if (save.kind === 'waiting') return online ? 'not-through' : 'line-lost';
  if (save.kind === 'saving' && !online) return 'line-lost';
  return undefined;
}
