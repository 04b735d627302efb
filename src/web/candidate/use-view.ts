import { useMemo, useState } from 'react';
import { ZOOMS, type ToolName } from './foot.tsx';
import { useKept } from './kept.ts';
import { useNarrow } from './use-narrow.ts';

/** A dialog over the page. */
export type DialogName = 'hand-in' | 'leave' | 'keys';

/** How the candidate has arranged the page: card, tools, magnifier, note, dialogs. */
export interface View {
  narrow: boolean;
  /** The card can be seen. */
  card: boolean;
  showCard(shown: boolean): void;
  tool: ToolName | undefined;
  setTool(tool: ToolName | undefined): void;
  dialog: DialogName | undefined;
  setDialog(dialog: DialogName | undefined): void;
  /** Place in ZOOMS. */
  zoom: number;
  stepZoom(step: -1 | 0 | 1): void;
  /** Single keys choose, mark and turn. */
  keys: boolean;
  setKeys(on: boolean): void;
  /** Of the question shown. `byHand`: opened just now, so it takes the focus. */
  note: { open: boolean; byHand: boolean };
  openNote(open: boolean): void;
}

/** Keeps the arrangement; card, magnifier and keys over a reload. The same object until something changes. `noted`: the question shown has a note. */
export function useView(itemId: string, noted: boolean): View {
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useKept('kaochang-card', true);
  const [drawer, setDrawer] = useState(false);
  const [tool, setTool] = useState<ToolName>();
  const [dialog, setDialog] = useState<DialogName>();
  const [zoom, setZoom] = useKept('kaochang-zoom', 0);
  const [keys, setKeys] = useKept('kaochang-keys', true);
  const [opened, setOpened] = useState<{ itemId: string; open: boolean }>();
  const byHand = opened?.itemId === itemId ? opened.open : undefined;
  const open = byHand ?? noted;
  return useMemo(
    () => ({
      narrow,
      card: narrow ? drawer : unfolded,
      showCard: narrow ? setDrawer : setUnfolded,
      tool,
      setTool,
      dialog,
      setDialog,
      zoom,
      stepZoom: (step: -1 | 0 | 1) => {
        setZoom(step === 0 ? 0 : Math.min(ZOOMS.length - 1, Math.max(0, zoom + step)));
      },
      keys,
      setKeys,
      note: { open, byHand: byHand === true },
      openNote: (wanted: boolean) => {
        setOpened({ itemId, open: wanted });
      },
    }),
    [narrow, drawer, unfolded, setUnfolded, tool, dialog, zoom, setZoom, keys, setKeys, open, byHand, itemId],
  );
}
