import { expect } from 'chai';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { readCandidateRows } from '../../../../src/web/office/people/candidate-rows.ts';

const A = '320300199001011234';
const B = '32030019920202567X';

describe('web/office: a pasted list of candidates', () => {
  const table: [string, string, string[]][] = [
    ['two columns of a spreadsheet', `王小明\t${A}\r\n李芳\t${B}\r\n`, [`1 王小明 ${A}`, `2 李芳 ${B}`]],
    [
      'commas of either width, quotes, blanks',
      `"王小明", ${A}\n\n李芳，${B},`,
      [`1 王小明 ${A}`, `3 李芳 ${B}`],
    ],
    ['a heading', `姓名\t证件号\n王小明\t${A}`, [`2 王小明 ${A}`]],
    ['spaces, also inside a name', `Wang Xiaoming  ${A}`, [`1 Wang Xiaoming ${A}`]],
    ['a small check letter', `李芳,${B.toLowerCase()}`, [`1 李芳 ${B}`]],
  ];
  for (const [what, pasted, rows] of table) {
    it(`reads ${what}`, () => {
      const read = readCandidateRows(pasted);
      expect(read.faults).to.deep.equal([]);
      expect(
        read.rows.map(({ line, name, idNumber }) => `${String(line)} ${name} ${idNumber}`),
      ).to.deep.equal(rows);
    });
  }

  const faults: [string, object][] = [
    [`,${A}`, { line: 1, code: 'no-name', id: A }],
    ['王小明', { line: 1, code: 'no-id', id: '' }],
    ['王小明,3203-00', { line: 1, code: 'wrong-id', id: '3203-00' }],
    [`王小明,${A},男`, { line: 1, code: 'too-many-cells', id: A }],
    [`${'长'.repeat(61)},${A}`, { line: 1, code: 'name-too-long', id: A }],
    [`王小明,${B}\n李芳,${B.toLowerCase()}`, { line: 2, code: 'repeated', id: B.toLowerCase(), first: 1 }],
  ];
  for (const [pasted, fault] of faults) {
    it(`names the fault of ${JSON.stringify(pasted.slice(0, 24))}`, () => {
      expect(readCandidateRows(pasted).faults).to.deep.equal([fault]);
    });
  }

  it('never takes a number twice, nor loses a line with a name and a number', () => {
    const person = fc.tuple(fc.constantFrom('王小明', '李芳', 'Li Fang'), fc.stringMatching(/^[0-9]{6,18}$/));
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 30 }),
        fc.constantFrom('\t', ',', '，', '; '),
        (people, between) => {
          const { rows, faults: refused } = readCandidateRows(
            people.map((cells) => cells.join(between)).join('\n'),
          );
          expect(rows.length + refused.length).to.equal(people.length);
          expect(new Set(rows.map(({ idNumber }) => idNumber)).size).to.equal(rows.length);
          expect(new Set(people.map(([, id]) => id)).size).to.equal(rows.length);
        },
      ),
    );
  });
});
