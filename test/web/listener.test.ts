import { expect } from 'chai';
import { LiveListener } from '../../src/web/lib/listener.ts';
import { until } from '../support/sitting.ts';

/** A WebSocket without a line: the test says what the server sends. */
class LineDouble {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  send(frame: string): void {
    this.sent.push(frame);
  }
  close(): void {
    this.closed = true;
  }
  says(...frames: string[]): void {
    for (const data of frames) this.onmessage?.({ data });
  }
}

const OPEN = '0{"sid":"x","upgrades":[],"pingInterval":4000,"pingTimeout":4000,"maxPayload":1000}';

describe('web: listening to the server’s events', () => {
  let lines: LineDouble[];
  let reachable: boolean;
  let library: { heard: Map<string, () => void>; closed: boolean } | undefined;
  let heard: string[];
  let listener: LiveListener;

  beforeEach(() => {
    lines = [];
    reachable = true;
    library = undefined;
    heard = [];
    listener = new LiveListener({
      retryMs: { first: 2, longest: 10 },
      open: () => {
        const line = new LineDouble();
        lines.push(line);
        return line as unknown as WebSocket;
      },
      reachable: () => Promise.resolve(reachable),
      library: () => {
        const taken = { heard: new Map<string, () => void>(), closed: false };
        library = taken;
        return Promise.resolve({
          connected: false,
          on: (event: string, listen: () => void) => taken.heard.set(event, listen),
          onAny: () => undefined,
          close: () => (taken.closed = true),
        } as never);
      },
    });
    for (const event of ['connect', 'disconnect']) listener.on(event, () => heard.push(event));
    listener.on<{ version: number }>('attempt.changed', ({ version }) => heard.push(`attempt ${version}`));
  });
  afterEach(() => {
    listener.close();
  });

  it('joins, answers pings, and passes events on', () => {
    const [line] = lines;
    line?.says(OPEN);
    expect(line?.sent).to.deep.equal(['40']);
    expect(listener.connected).to.equal(false);
    line?.says('40{"sid":"y"}', '2', '42["attempt.changed",{"version":3}]', '42["of.others",{}]', '6');
    expect(listener.connected).to.equal(true);
    expect(line?.sent).to.deep.equal(['40', '3']);
    expect(heard).to.deep.equal(['connect', 'attempt 3']);
  });

  it('opens a new line when one is lost, and hears nothing of the old one any more', async () => {
    const [line] = lines;
    line?.says(OPEN, '40{}');
    line?.onclose?.();
    expect(listener.connected).to.equal(false);
    line?.says('42["attempt.changed",{"version":4}]');
    await until(() => Promise.resolve(lines.length === 2));
    lines[1]?.says(OPEN, '40{}');
    expect(heard).to.deep.equal(['connect', 'disconnect', 'connect']);
    expect(library).to.equal(undefined);
  });

  it('takes the end of its session as a lost line', () => {
    const [line] = lines;
    line?.says(OPEN, '40{}', '41');
    expect(line?.closed).to.equal(true);
    expect(heard).to.deep.equal(['connect', 'disconnect']);
  });

  it('hands over to the library where the server answers but its WebSockets do not come through', async () => {
    for (let tries = 1; tries <= 3; tries += 1) {
      await until(() => Promise.resolve(lines.length === tries));
      lines.at(-1)?.onclose?.();
    }
    await until(() => Promise.resolve(library?.heard.has('connect') === true));
    library?.heard.get('connect')?.();
    expect(heard).to.deep.equal(['connect']);
    listener.close();
    expect(library?.closed).to.equal(true);
  });

  it('keeps to its own small line while the server cannot be reached at all', async () => {
    reachable = false;
    for (let tries = 1; tries <= 4; tries += 1) {
      await until(() => Promise.resolve(lines.length === tries));
      lines.at(-1)?.onclose?.();
    }
    expect(library).to.equal(undefined);
  });

  it('opens nothing more once it is closed', async () => {
    listener.close();
    lines[0]?.onclose?.();
    await new Promise((done) => setTimeout(done, 50));
    expect(lines).to.have.length(1);
  });
});
