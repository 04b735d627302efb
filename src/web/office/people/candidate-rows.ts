import { CandidateBody } from '../../../people/people.contract.ts';

/** One person of a pasted list. */
export interface CandidateRow {
  /** Line of the pasted text, from 1. */
  line: number;
  name: string;
  idNumber: string;
}

export type RowFault = 'no-name' | 'name-too-long' | 'no-id' | 'wrong-id' | 'too-many-cells' | 'repeated';

/** A line that cannot be imported; `first` is the line that has the same identity number. */
export interface FaultyRow {
  line: number;
  code: RowFault;
  id: string;
  first?: number;
}

export interface PastedRows {
  rows: CandidateRow[];
  faults: FaultyRow[];
}

const { name: NAME, idNumber: ID } = CandidateBody.properties;
const ID_PATTERN = new RegExp(ID.pattern ?? '');
/** What spreadsheets and people put between two cells; a space separates only before a number, as it may be inside a name. */
const SEPARATOR = /[ \u3000]*[\t,，;；][ \u3000]*|[ \u3000]+(?=[0-9][0-9A-Za-z]*\s*$)/;
const HEADINGS = /^(姓名|考生|考生姓名|name|candidate)$/i;

/** Reads a pasted list of name and identity number, one person a line. Blank lines and a heading are passed over. */
export function readCandidateRows(pasted: string): PastedRows {
  const result: PastedRows = { rows: [], faults: [] };
  const firstLine = new Map<string, number>();
  for (const [index, text] of pasted.split(/\r\n|\r|\n/).entries()) {
    const cells = text.split(SEPARATOR).map(cleanCell);
    while (cells.at(-1) === '') cells.pop();
    const [name = '', id = ''] = cells;
    if (cells.length === 0 || HEADINGS.test(name)) continue;
    const line = index + 1;
    // One person, one number: the check letter X is written both ways.
    const idNumber = id.toUpperCase();
    const first = firstLine.get(idNumber);
    const code = faultOf(name, idNumber, cells.length, first);
    if (code === undefined) {
      firstLine.set(idNumber, line);
      result.rows.push({ line, name, idNumber });
    } else result.faults.push({ line, code, id, ...(first === undefined ? {} : { first }) });
  }
  return result;
}

const cleanCell = (cell: string): string =>
  cell
    .trim()
    .replace(/^["'](.*)["']$/, '$1')
    .trim();

function faultOf(name: string, id: string, cells: number, first: number | undefined): RowFault | undefined {
  if (cells > 2) return 'too-many-cells';
  if (name === '') return 'no-name';
  if (name.length > (NAME.maxLength ?? Infinity)) return 'name-too-long';
  if (id === '') return 'no-id';
  if (!ID_PATTERN.test(id)) return 'wrong-id';
  return first === undefined ? undefined : 'repeated';
}
