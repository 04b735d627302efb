import { io, type Socket } from 'socket.io-client';
import type { LabHttp } from './http.ts';

/** How often the page asks for its state although nothing was announced, ms (src/web/candidate/use-attempt.ts). */
const POLL_MS = { connected: 30_000, cut: 5_000 };
/** Hints that all of a room get at once are followed by questions spread over this time, ms. */
const SPREAD_MS = 2_000;

/**
 * The live half of a candidate's page: a socket that comes back by itself, and the page's asking for the attempt by HTTP
 * after each connect, at each hint and every half minute; one question at a time.
 */
export class LivePage {
  readonly #socket: Socket;
  readonly #http: LabHttp;
  readonly #path: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<unknown> | undefined;

  private constructor(url: string, http: LabHttp, path: string) {
    this.#http = http;
    this.#path = path;
    this.#socket = io(url, {
      path: '/live',
      transports: ['websocket'],
      extraHeaders: { cookie: http.cookie },
      forceNew: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
    });
    this.#socket.on('connect', () => {
      void this.#ask();
      this.#pollIn(POLL_MS.connected);
    });
    this.#socket.on('disconnect', () => {
      void this.#ask();
      this.#pollIn(POLL_MS.cut);
    });
    this.#socket.on('attempt.changed', () => void this.#ask());
    for (const hint of ['time.changed', 'room.changed'])
      this.#socket.on(hint, () => {
        this.#pollIn(SPREAD_MS / 2);
      });
  }

  /** Opens a page's socket; resolves when it is connected for the first time. */
  static async open(url: string, http: LabHttp, path: string): Promise<LivePage> {
    const page = new LivePage(url, http, path);
    await new Promise<void>((done) => page.#socket.once('connect', done));
    return page;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    this.#socket.off();
    this.#socket.disconnect();
    clearTimeout(this.#timer);
  }

  #pollIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        void this.#ask().then(() => {
          this.#pollIn(this.connected ? POLL_MS.connected : POLL_MS.cut);
        });
      },
      ms * (0.75 + Math.random() / 2),
    );
  }

  #ask(): Promise<unknown> {
    // A lost line is not news here: the next hint or poll asks again.
    this.#asking ??= this.#http
      .send('GET', this.#path)
      .catch(() => undefined)
      .finally(() => {
        this.#asking = undefined;
      });
    return this.#asking;
  }
}
