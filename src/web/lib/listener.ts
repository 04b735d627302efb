import type { Socket } from 'socket.io-client';

/** What a listener hears; `connect` and `disconnect` beside the server's own events. */
export interface Listener {
  readonly connected: boolean;
  on<T = void>(event: string, heard: (payload: T) => void): void;
  close(): void;
}

interface Means {
  /** Wait before a new line, doubling from the first to the longest, ms. */
  retryMs: { first: number; longest: number };
  /** Opens the line itself. */
  open(): WebSocket;
  /** Whether the server answers by HTTP, though a WebSocket has just failed. */
  reachable(): Promise<boolean>;
  /** The whole Socket.IO client, for where plain WebSockets do not get through. */
  library(): Promise<Pick<Socket, 'connected' | 'onAny' | 'on' | 'close'>>;
}

const MEANS: Means = {
  retryMs: { first: 500, longest: 5_000 },
  open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live/?EIO=4&transport=websocket`),
  reachable: () =>
    fetch('/api/me', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    ),
  library: async () => (await import('./live.ts')).openLive(),
};

/** WebSockets that fail in a row although the server answers, before the library takes over with its other transports. */
const TRIES = 3;
/** Longest silence of a line before the server has said how often it pings, ms. */
const FIRST_PATIENCE_MS = 8_000;
const SLACK_MS = 1_000;

/** First characters of a frame: Engine.IO 4 packet, and for messages the Socket.IO 5 packet. */
const FRAME = { open: '0', ping: '2', pong: '3', message: '4' } as const;
const PACKET = { connect: '0', disconnect: '1', event: '2', refused: '4' } as const;

/**
 * Listens to the server's Socket.IO events and sends nothing: a candidate's page needs no more, and the whole client is a
 * tenth of all that such a page may weigh. Reconnects by itself with jitter; ask for state by HTTP after each `connect`.
 */
export class LiveListener implements Listener {
  readonly #means: Means;
  readonly #heard = new Map<string, ((payload: never) => void)[]>();
  #socket: WebSocket | undefined;
  #library: Pick<Socket, 'connected' | 'close'> | undefined;
  #connected = false;
  #failures = 0;
  /** Failures in a row while the server could be reached. */
  #blocked = 0;
  #patience = FIRST_PATIENCE_MS;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(means: Means = MEANS) {
    this.#means = means;
    this.#open();
  }

  get connected(): boolean {
    return this.#library?.connected ?? this.#connected;
  }

  on<T = void>(event: string, heard: (payload: T) => void): void {
    this.#heard.set(event, [...(this.#heard.get(event) ?? []), heard]);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#library?.close();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #tell(event: string, payload?: unknown): void {
    for (const heard of this.#heard.get(event) ?? []) heard(payload as never);
  }

  #open(): void {
    const socket = this.#means.open();
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return;
      this.#listenOn();
      this.#frame(socket, String(data));
    };
    socket.onclose = () => {
      this.#lost(socket);
    };
    this.#listenOn();
  }

  /** A line that says nothing for longer than the server's pings are apart is half-open: given up without waiting for its end. */
  #listenOn(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#silence = setTimeout(() => {
      this.#lost(socket);
      socket.close();
    }, this.#patience);
  }

  #frame(socket: WebSocket, frame: string): void {
    switch (frame[0]) {
      case FRAME.open: {
        const { pingInterval, pingTimeout } = JSON.parse(frame.slice(1)) as Record<string, number>;
        this.#patience = (pingInterval ?? 0) + (pingTimeout ?? 0) + SLACK_MS;
        this.#listenOn();
        socket.send(FRAME.message + PACKET.connect);
        return;
      }
      case FRAME.ping:
        socket.send(FRAME.pong);
        return;
      case FRAME.message:
        this.#packet(socket, frame[1], frame.slice(2));
        return;
      default:
        return;
    }
  }

  #packet(socket: WebSocket, packet: string | undefined, body: string): void {
    if (packet === PACKET.connect) {
      this.#failures = 0;
      this.#blocked = 0;
      this.#connected = true;
      this.#tell('connect');
    } else if (packet === PACKET.event) {
      // An event that wants an acknowledgement has a number before its body; none is sent to a page.
      const [event, payload] = JSON.parse(body.replace(/^\d+/, '')) as [string, unknown];
      this.#tell(event, payload);
    } else if (packet === PACKET.disconnect || packet === PACKET.refused) {
      this.#lost(socket);
      socket.close();
    }
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    clearTimeout(this.#silence);
    const was = this.#connected;
    this.#connected = false;
    if (was) this.#tell('disconnect');
    if (this.#closed) return;
    if (!was) {
      this.#failures += 1;
      void this.#means.reachable().then((reachable) => {
        this.#blocked = reachable ? this.#blocked + 1 : 0;
      });
    }
    const { first, longest } = this.#means.retryMs;
    const wait = Math.min(longest, first * 2 ** this.#failures) * (0.5 + Math.random());
    this.#retry = setTimeout(() => {
      if (this.#blocked < TRIES) this.#open();
      else void this.#handOver();
    }, wait);
  }

  /** The library goes on: it has other transports, and reconnects by itself. Where it cannot be fetched, this tries again. */
  async #handOver(): Promise<void> {
    try {
      const library = await this.#means.library();
      if (this.#closed) {
        library.close();
        return;
      }
      this.#library = library;
      library.on('connect', () => {
        this.#tell('connect');
      });
      library.on('disconnect', () => {
        this.#tell('disconnect');
      });
      library.onAny((event: string, payload: unknown) => {
        this.#tell(event, payload);
      });
      if (library.connected) this.#tell('connect');
    } catch {
      if (!this.#closed) this.#open();
    }
  }
}
