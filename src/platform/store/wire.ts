/** MongoDB's wire protocol on a socket: OP_MSG, and OP_QUERY for the first hello. */
import net from 'node:net';
import { decodeCommand, encode, isDoc, RawDoc, type Doc } from './bson-codec.ts';
import { CursorReply } from './cursors.ts';
import { errorReply, MongoError } from './errors.ts';
import type { Answer } from './scheduler.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const MAX_MESSAGE = 48_000_000;
const CHECKSUM = 1;
const MORE_TO_COME = 2;

/** What answers commands. */
export interface Handler {
  run(command: Doc, body: Buffer, connection: Connection): Promise<Answer>;
}

/** State of one client connection. */
export interface Connection {
  id: number;
  authenticated: boolean;
  destroy(): void;
}

function int32(n: number): Buffer {
  const out = Buffer.allocUnsafe(4);
  out.writeInt32LE(n);
  return out;
}

/** Encodes a cursor reply around documents that are encoded already. */
function encodeCursor(reply: CursorReply): Buffer {
  const elements: Buffer[] = [];
  let size = 5;
  reply.batch.forEach((doc, i) => {
    const head = Buffer.from(`\x03${String(i)}\0`, 'latin1');
    elements.push(head, doc);
    size += head.length + doc.length;
  });
  const name = Buffer.from(`\x04${reply.first ? 'firstBatch' : 'nextBatch'}\0`, 'latin1');
  const rest = encode({ id: reply.id, ns: reply.ns });
  const cursorSize = 4 + name.length + size + rest.length - 4;
  const tail = encode({ ...reply.extra, ok: 1 });
  const key = Buffer.from('\x03cursor\0', 'latin1');
  return Buffer.concat([
    int32(4 + key.length + cursorSize + tail.length - 4),
    key,
    int32(cursorSize),
    name,
    int32(size),
    ...elements,
    Buffer.alloc(1),
    rest.subarray(4),
    tail.subarray(4),
  ]);
}

/** Bytes of an answer. */
export function encodeAnswer(answer: Answer): Buffer {
  if (Buffer.isBuffer(answer)) return answer;
  return answer instanceof CursorReply ? encodeCursor(answer) : encode(answer);
}

interface Message {
  id: number;
  command: Doc;
  body: Buffer;
  legacy: boolean;
  silent: boolean;
}

function documentAt(bytes: Buffer, at: number): Buffer {
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > bytes.length) throw new Error('document beyond the message');
  return bytes.subarray(at, at + size);
}

function sequence(message: Buffer, start: number, end: number): [string, RawDoc[]] {
  const zero = message.indexOf(0, start);
  if (zero < 0 || zero >= end) throw new Error('unterminated sequence name');
  const docs: RawDoc[] = [];
  for (let p = zero + 1; p < end;) {
    const doc = documentAt(message, p);
    docs.push(new RawDoc(doc));
    p += doc.length;
  }
  return [message.toString('utf8', start, zero), docs];
}

function parseMsg(message: Buffer, id: number): Message {
  const flags = message.readUInt32LE(16);
  const end = message.length - (flags & CHECKSUM ? 4 : 0);
  if (flags & 0xfffc) throw new Error('unknown required flag');
  let body: Buffer | null = null;
  const sequences: [string, RawDoc[]][] = [];
  for (let p = 20; p < end;) {
    const kind = message[p++];
    const size = message.readInt32LE(p);
    if (size < 4 || p + size > end) throw new Error('section beyond the message');
    if (kind === 0) body = documentAt(message, p);
    else if (kind === 1) sequences.push(sequence(message, p + 4, p + size));
    else throw new Error('unknown section');
    p += size;
  }
  if (!body) throw new Error('message without a body');
  const command = decodeCommand(body);
  for (const [name, docs] of sequences)
    command[name] = name === 'documents' ? docs : docs.map((doc) => doc.doc);
  return { id, command, body, legacy: false, silent: (flags & MORE_TO_COME) !== 0 };
}

function parseQuery(message: Buffer, id: number): Message {
  const zero = message.indexOf(0, 20);
  const command = decodeCommand(documentAt(message, zero + 9));
  const query = command['$query'];
  return { id, command: isDoc(query) ? query : command, body: message, legacy: true, silent: false };
}

/** Parses one message. @throws Error when it is malformed: the connection is closed */
function parseMessage(message: Buffer): Message {
  const id = message.readInt32LE(4);
  const op = message.readInt32LE(12);
  if (op === OP_MSG) return parseMsg(message, id);
  if (op === OP_QUERY) return parseQuery(message, id);
  throw new Error(`unknown opcode ${String(op)}`);
}

let nextReply = 1;
let clock = 0n;

/** The server's logical time, for causally consistent sessions: seconds and a counter, always growing. */
function operationTime(): Buffer {
  const seconds = BigInt(Math.floor(Date.now() / 1000)) << 32n;
  clock = clock >= seconds ? clock + 1n : seconds + 1n;
  const element = Buffer.alloc(OPERATION_TIME.length + 8);
  OPERATION_TIME.copy(element);
  element.writeBigUInt64LE(clock, OPERATION_TIME.length);
  return element;
}
const OPERATION_TIME = Buffer.from('\x11operationTime\0', 'latin1');

/** Adds the operation time to an encoded reply. */
function timed(body: Buffer): Buffer[] {
  const element = operationTime();
  return [int32(body.length + element.length), body.subarray(4, -1), element, Buffer.alloc(1)];
}

function frame(parts: Buffer[], responseTo: number, legacy: boolean): Buffer[] {
  const head = Buffer.alloc(legacy ? 36 : 21);
  head.writeInt32LE(
    parts.reduce((sum, part) => sum + part.length, head.length),
    0,
  );
  head.writeInt32LE(nextReply++ & 0x7fffffff, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return [head, ...parts];
}

class Peer implements Connection {
  readonly id: number;
  authenticated: boolean;
  readonly #socket: net.Socket;
  readonly #handler: Handler;
  #chunks: Buffer[] = [];
  #size = 0;
  #out: Buffer[] = [];
  #turn: Promise<void> | null = null;

  constructor(socket: net.Socket, id: number, handler: Handler, authenticated: boolean) {
    this.id = id;
    this.#socket = socket;
    this.#handler = handler;
    this.authenticated = authenticated;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      this.#receive(chunk);
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= 16) {
      if ((this.#chunks[0] as Buffer).length < 16) this.#chunks = [Buffer.concat(this.#chunks)];
      const length = (this.#chunks[0] as Buffer).readInt32LE(0);
      if (length < 16 || length > MAX_MESSAGE) {
        this.destroy();
        return;
      }
      if (this.#size < length) return;
      const all = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks);
      this.#chunks = all.length > length ? [all.subarray(length)] : [];
      this.#size -= length;
      if (!this.#accept(all.subarray(0, length))) return;
    }
  }

  #accept(bytes: Buffer): boolean {
    let message: Message;
    try {
      message = parseMessage(bytes);
    } catch {
      this.destroy();
      return false;
    }
    // commands of one connection run in the order they came
    const before = this.#turn;
    const turn = before ? before.then(() => this.#run(message)) : this.#run(message);
    this.#turn = turn;
    void turn.then(() => {
      if (this.#turn === turn) this.#turn = null;
    });
    return true;
  }

  async #run(message: Message): Promise<void> {
    let body: Buffer;
    try {
      body = encodeAnswer(await this.#handler.run(message.command, message.body, this));
    } catch (error) {
      body = encode(errorReply(error));
    }
    if (message.silent) return;
    this.#send(frame('lsid' in message.command ? timed(body) : [body], message.id, message.legacy));
  }

  #send(parts: Buffer[]): void {
    if (this.#out.length === 0) {
      queueMicrotask(() => {
        const out = this.#out;
        this.#out = [];
        if (!this.#socket.destroyed) this.#socket.write(Buffer.concat(out));
      });
    }
    this.#out.push(...parts);
  }
}

/** Listens; every connection is a Peer. `trusted` connections need no authentication. */
export function serve(handler: Handler, address: net.ListenOptions, trusted: boolean): Promise<net.Server> {
  let next = 1;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    new Peer(socket, next++, handler, trusted);
  });
  const close = server.close.bind(server);
  server.close = (done) => {
    for (const socket of sockets) socket.destroy();
    return close(done);
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      resolve(server);
    });
  });
}

/** The answer to hello. */
export function helloReply(connection: Connection, me: string): Doc {
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: 'embedded',
    setVersion: 1,
    hosts: [me],
    me,
    primary: me,
    maxBsonObjectSize: 16777216,
    maxMessageSizeBytes: MAX_MESSAGE,
    maxWriteBatchSize: 100000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: connection.id,
    minWireVersion: 0,
    maxWireVersion: 25,
    readOnly: false,
    ok: 1,
  };
}

export const unauthorized = (): MongoError => new MongoError(13, 'Command requires authentication');
