import mongoose from 'mongoose';
import type { CandidateForm } from '../../src/assembly/form.contract.ts';
import { PAGE_PROTOCOL, type StoredWork } from '../../src/sitting/attempt.contract.ts';
import { smallForm } from '../../test/support/sitting.ts';
import { openClassroom, type Classroom, type WirePage } from './classroom.ts';
import { type Findings, type Row } from './row.ts';

const SINGLE = 'A1.1-001';
const NUMERIC = 'A1.1-004';
const TASK = 'A1.1-009';

/** The small paper, with a task that takes free text. */
function paperWithTask(formId: string): CandidateForm {
  const paper = smallForm(formId, 'A', 'theory');
  const [part, ...others] = paper.parts;
  if (part?.kind !== 'items') throw new Error('the small paper has no items');
  const [item] = part.items;
  const task = { ...item, itemId: TASK, type: 'scenario' } as unknown as (typeof part.items)[number];
  return { ...paper, parts: [{ ...part, items: [...part.items, task] }, ...others] };
}

const set = (value: unknown): unknown => [{ op: 'set', path: 'title', value }];
const nested = (depth: number, open: string, close: string, core: string): string =>
  open.repeat(depth) + core + close.repeat(depth);
const answer = (itemId: string, value: string, seq = '1'): string =>
  `{"protocol":${PAGE_PROTOCOL},"fence":FENCE,"answers":[{"itemId":"${itemId}","seq":${seq},"value":${value}}]}`;

/** Requests that must be refused, by name: bodies as text, since no JSON.stringify would make some of them. */
const HOSTILE: Record<string, string> = {
  'a value of 1 MB': answer(SINGLE, `"${'x'.repeat(1_048_576)}"`),
  'a number of 1 MB': answer(NUMERIC, `"${'9'.repeat(1_048_576)}"`),
  'a text of 400 kB in a task': answer(TASK, JSON.stringify(set('试'.repeat(130_000)))),
  '2,001 steps in a task': answer(
    TASK,
    JSON.stringify(Array.from({ length: 2_001 }, () => (set('a') as object[])[0])),
  ),
  '200,000 arrays in each other': answer(SINGLE, nested(200_000, '[', ']', '"A"')),
  '60,000 objects in each other': answer(SINGLE, nested(60_000, '{"a":', '}', '1')),
  '100 arrays in each other': answer(SINGLE, nested(100, '[', ']', '"A"')),
  $gt: answer(SINGLE, '{"$gt":""}'),
  '$where in a task': answer(TASK, '[{"op":"set","path":"title","value":{"$where":"1"}}]'),
  '$ as a key of a matching': answer('A1.1-006', '{"$set":"A"}'),
  __proto__: answer(SINGLE, '{"__proto__":{"polluted":1}}'),
  '__proto__ in a matching': answer('A1.1-006', '{"__proto__":"A"}'),
  constructor: answer(SINGLE, '{"constructor":{"prototype":{"polluted":1}}}'),
  'an operator as item id': `{"protocol":${PAGE_PROTOCOL},"fence":FENCE,"answers":[{"itemId":{"$ne":""},"seq":1,"value":"A"}]}`,
  'an unknown field': `{"protocol":${PAGE_PROTOCOL},"fence":FENCE,"answers":[{"itemId":"${SINGLE}","seq":1,"value":"A","savedAt":1}]}`,
  'a path out of the shop': answer(TASK, '[{"op":"set","path":"__proto__.polluted","value":"a"}]'),
  'control characters as an option': answer(SINGLE, '"A\\u0000\\u0007"'),
  'a raw control character': answer(SINGLE, '"\u0001"'),
  'a 4-byte character as an option': answer(SINGLE, '"𠮷"'),
  'half of a 4-byte character': answer(TASK, '[{"op":"set","path":"title","value":"\\ud842"}]'),
  'full-width figures': answer(NUMERIC, '"１２"'),
  'figures of another script': answer(NUMERIC, '"٣"'),
  'a number instead of text': answer(NUMERIC, '12.5'),
  NaN: answer(NUMERIC, 'NaN'),
  '1e999': answer(NUMERIC, '1e999'),
  'an item of another paper': answer('B9.9-999', '"A"'),
  'a seq of 0': answer(SINGLE, '"A"', '0'),
  'a seq below 0': answer(SINGLE, '"A"', '-1'),
  'a seq with a fraction': answer(SINGLE, '"A"', '1.5'),
  'a seq beyond all bounds': answer(SINGLE, '"A"', '1e15'),
  'a seq as text': answer(SINGLE, '"A"', '"1"'),
  'no answers': `{"protocol":${PAGE_PROTOCOL},"fence":FENCE,"answers":[]}`,
  '201 answers': `{"protocol":${PAGE_PROTOCOL},"fence":FENCE,"answers":[${Array.from({ length: 201 }, (_, i) => `{"itemId":"${SINGLE}","seq":${i + 1},"value":"A"}`).join(',')}]}`,
  'half a JSON': `{"protocol":${PAGE_PROTOCOL},"answers":[`,
  'no JSON': 'A',
  'no body': '',
  'no fence': `{"protocol":${PAGE_PROTOCOL},"answers":[{"itemId":"${SINGLE}","seq":1,"value":"A"}]}`,
  'a page from before': `{"answers":[{"itemId":"${SINGLE}","seq":1,"value":"A"}]}`,
};

/** Free texts that must come back as they were given, to the last code unit. */
const TEXTS = [
  '跨境电商商品标题：夏季新款连衣裙',
  '𠮷野家 𡈼 🧑‍💻 👨‍👩‍👧‍👦 e\u0301 é ﬀ',
  '“引号”、‘单引号’——破折号…… ￥１２．５０',
  'line\nbreak\ttab "quote" \\ backslash </script>',
  '‮right to left‬ العربية ไทย',
];

/** Counts of everything that an answer could leave behind. */
async function counts(): Promise<Record<string, number>> {
  const names = ['answers', 'answer_history', 'page_memories', 'attempts', 'audit_entries', 'messages'];
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (await mongoose.connection.collection(name).countDocuments()) || 0;
  return found;
}

async function refuseAll(room: Classroom, pages: readonly WirePage[], findings: Findings): Promise<void> {
  const before = await counts();
  const memory = process.memoryUsage().rss;
  let refused = 0;
  for (const page of pages) {
    for (const [name, text] of Object.entries(HOSTILE)) {
      const { status, body, headers } = await page.own<{ code?: string; zh?: string }>(
        'PUT',
        '/answers',
        text.replace('FENCE', String(page.fence)),
      );
      const clear = headers.get('content-type')?.includes('problem+json') === true && (body?.zh ?? '') !== '';
      findings.must(
        status >= 400 && status < 500 && clear,
        `${name}: answered ${status} ${body?.code ?? ''}`,
      );
      refused += 1;
    }
  }
  const after = await counts();
  // A refused page that is not the writer leaves its answer as evidence, once.
  const kept = (after['answer_history'] ?? 0) - (before['answer_history'] ?? 0);
  findings.must(kept <= pages.length, `${kept} answers were kept as evidence`);
  for (const name of Object.keys(before).filter((one) => one !== 'answer_history'))
    findings.must(after[name] === before[name], `${name} grew from ${before[name]} to ${after[name]}`);
  findings.must(!('polluted' in {}), 'a prototype was polluted');
  findings.note({ hostile: Object.keys(HOSTILE).length, refused });
  findings.note({ grownMb: Math.round((process.memoryUsage().rss - memory) / 104_857.6) / 10 });
  const { status } = await (room.pages[0] as WirePage).own('GET', '');
  findings.must(status === 200, 'the server did not go on');
}

/** Free texts in a task and in the page's memory come back as they were. */
async function roundTrip(page: WirePage, findings: Findings): Promise<void> {
  for (const [i, text] of TEXTS.entries()) {
    const value = set(text);
    const saved = await page.save([{ itemId: TASK, seq: i + 1, value }]);
    const memory = { marked: [], seen: [], struck: [], notes: [{ itemId: SINGLE, text }], scratch: text };
    const remembered = await page.own('PUT', '/memory', { fence: page.fence, memory });
    const { body } = await page.own<StoredWork>('GET', '/answers');
    const back = body.items.find(({ itemId }) => itemId === TASK)?.value;
    findings.must(saved.status === 200 && remembered.status === 200, `not saved: ${text}`);
    findings.must(JSON.stringify(back) === JSON.stringify(value), `came back otherwise: ${text}`);
    findings.must(
      body.memory?.scratch === text && body.memory.notes[0]?.text === text,
      `the memory came back otherwise: ${text}`,
    );
  }
  findings.note({ textsRoundTripped: TEXTS.length });
}

export const row13: Row = {
  row: 13,
  fault: 'answers of 1 MB, deep JSON, $gt, __proto__, control and 4-byte characters',
  minutes: { full: 10, short: 4 },
  async run({ short }, findings) {
    const room = await openClassroom({ candidates: short ? 2 : 30, rooms: 1, paper: paperWithTask });
    try {
      await refuseAll(room, room.pages, findings);
      for (const page of room.pages) await roundTrip(page, findings);
      const { violations } = await room.check();
      for (const { kind, detail } of violations) findings.must(false, `${kind}: ${detail}`);
    } finally {
      await room.close();
    }
  },
};
