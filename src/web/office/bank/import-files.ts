import { useState } from 'react';
import type { ImportReport } from '../../../bank/bank.contract.ts';
import { api, ApiError } from '../../lib/api.ts';
import type { JsonFile } from '../lib/json-drop.tsx';
import { withQuery } from '../lib/load.ts';

/** Where one chosen file stands. `unreadable`: not JSON, or of no known kind; nothing of it was sent. */
export type FileState =
  | { kind: 'checking' | 'importing' }
  | { kind: 'checked' | 'imported'; report: ImportReport }
  | { kind: 'refused'; report?: ImportReport; error?: unknown }
  | { kind: 'unreadable'; fault: string };

export interface FileLine {
  file: JsonFile;
  state: FileState;
}

/** The route for a file, by what it holds. */
function routeOf(content: unknown): string | undefined {
  if (typeof content !== 'object' || content === null) return undefined;
  if ('items' in content) return '/api/bank/imports';
  return 'checks' in content ? '/api/bank/scenarios' : undefined;
}

async function submit(file: JsonFile, route: string, dryRun: boolean): Promise<FileState> {
  try {
    const report = await api.post<ImportReport>(withQuery(route, { dryRun, file: file.name }), file.content);
    if (report.refused > 0 || report.issues.length > 0) return { kind: 'refused', report };
    return { kind: dryRun ? 'checked' : 'imported', report };
  } catch (error) {
    return { kind: 'refused', error };
  }
}

/** The chosen files: checked one after the other as they come, then imported one after the other when told to. */
export function useImport(neither: string, notJson: (file: JsonFile) => string) {
  const [lines, setLines] = useState<readonly FileLine[]>([]);
  const put = (file: JsonFile, state: FileState): void => {
    setLines((all) => all.map((line) => (line.file === file ? { file, state } : line)));
  };
  const choose = async (files: readonly JsonFile[]): Promise<void> => {
    setLines(files.map((file) => ({ file, state: { kind: 'checking' } })));
    for (const file of files) {
      const route = routeOf(file.content);
      if (file.fault !== undefined) put(file, { kind: 'unreadable', fault: notJson(file) });
      else if (route === undefined) put(file, { kind: 'unreadable', fault: neither });
      else put(file, await submit(file, route, true));
    }
  };
  const importAll = async (): Promise<void> => {
    for (const { file, state } of lines) {
      const route = routeOf(file.content);
      if (state.kind !== 'checked' || route === undefined) continue;
      put(file, { kind: 'importing' });
      put(file, await submit(file, route, false));
    }
  };
  return {
    lines,
    choose,
    importAll,
    clear: () => {
      setLines([]);
    },
  };
}

/** How many faults a line has, for its state's words. */
export function faultsOf(state: FileState): number {
  if (state.kind === 'unreadable') return 1;
  if (state.kind !== 'refused') return 0;
  if (state.report !== undefined) return state.report.issues.length;
  const issues = state.error instanceof ApiError ? state.error.problem?.issues : undefined;
  return issues?.length ?? 1;
}
