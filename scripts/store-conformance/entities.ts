/** Clients, databases, collections and sessions of a test, and the events their clients emitted. */
import { EJSON } from 'bson';
import mongoose from 'mongoose';
import { Unsupported, type Json } from './types.ts';

const { MongoClient } = mongoose.mongo;
export type Client = InstanceType<typeof MongoClient>;
export type Db = ReturnType<Client['db']>;
export type Collection = ReturnType<Db['collection']>;
export type Session = ReturnType<Client['startSession']>;

export interface ObservedEvent {
  kind: string;
  event: Json;
}

/** JSON of a specification with its extended types as BSON values. */
export const parse = (value: unknown): unknown => EJSON.deserialize({ v: value }, { relaxed: true })['v'];

const COMMAND_EVENTS: Record<string, string> = {
  commandStartedEvent: 'commandStarted',
  commandSucceededEvent: 'commandSucceeded',
  commandFailedEvent: 'commandFailed',
};
const SENSITIVE = new Set([
  'configureFailPoint',
  'hello',
  'isMaster',
  'saslStart',
  'saslContinue',
  'authenticate',
  'getnonce',
]);

interface ClientSpec {
  id: string;
  uriOptions?: Json;
  observeEvents?: string[];
  ignoreCommandMonitoringEvents?: string[];
}

export class Entities {
  readonly #uri: string;
  readonly #things = new Map<string, unknown>();
  readonly #events = new Map<string, ObservedEvent[]>();
  readonly #clients: Client[] = [];
  readonly #sessions: Session[] = [];
  constructor(uri: string) {
    this.#uri = uri;
  }

  async create(spec: Json): Promise<void> {
    const [kind = ''] = Object.keys(spec);
    const options = spec[kind] as Json;
    const id = String(options['id']);
    switch (kind) {
      case 'client':
        this.#things.set(id, await this.#client(options as unknown as ClientSpec));
        return;
      case 'database':
        this.#things.set(
          id,
          this.client(String(options['client'])).db(
            String(options['databaseName']),
            parse(options['databaseOptions'] ?? {}) as Json,
          ),
        );
        return;
      case 'collection': {
        const db = this.get(String(options['database'])) as Db;
        this.#things.set(
          id,
          db.collection(String(options['collectionName']), parse(options['collectionOptions'] ?? {}) as Json),
        );
        return;
      }
      case 'session': {
        const session = this.client(String(options['client'])).startSession(
          parse(options['sessionOptions'] ?? {}) as Json,
        );
        this.#sessions.push(session);
        this.#things.set(id, session);
        return;
      }
      default:
        throw new Unsupported(`entity ${kind}`);
    }
  }

  async #client(spec: ClientSpec): Promise<Client> {
    const client = new MongoClient(this.#uri.replace('&retryWrites=false', ''), {
      ...spec.uriOptions,
      monitorCommands: true,
      serverSelectionTimeoutMS: 5000,
      heartbeatFrequencyMS: 500,
    });
    const ignored = new Set([...SENSITIVE, ...(spec.ignoreCommandMonitoringEvents ?? [])]);
    const events: ObservedEvent[] = [];
    this.#events.set(spec.id, events);
    for (const kind of spec.observeEvents ?? []) {
      const name = COMMAND_EVENTS[kind];
      if (name) {
        client.on(name as 'commandStarted', (event) => {
          if (!ignored.has(event.commandName)) events.push({ kind, event: event as unknown as Json });
        });
      } else if (kind === 'connectionCheckedOutEvent' || kind === 'connectionCheckOutStartedEvent') {
        const driverName =
          kind === 'connectionCheckedOutEvent' ? 'connectionCheckedOut' : 'connectionCheckOutStarted';
        client.on(driverName as 'connectionCheckedOut', (event) =>
          events.push({ kind, event: event as unknown as Json }),
        );
      } else throw new Unsupported(`event ${kind}`);
    }
    this.#clients.push(client);
    return client.connect();
  }

  get(id: string): unknown {
    const thing = this.#things.get(id);
    if (thing === undefined) throw new Unsupported(`entity ${id} is not there`);
    return thing;
  }
  set(id: string, value: unknown): void {
    this.#things.set(id, value);
  }
  client(id: string): Client {
    return this.get(id) as Client;
  }
  session(id: string): Session {
    return this.get(id) as Session;
  }
  result(id: string): unknown {
    return this.get(id);
  }
  eventsOf(client: string): ObservedEvent[] {
    return this.#events.get(client) ?? [];
  }
  /** Forgets events of setting up. */
  clearEvents(): void {
    for (const events of this.#events.values()) events.length = 0;
  }
  /** Stops recording, so that cleaning up is not an event. */
  freeze(): void {
    for (const client of this.#clients) client.removeAllListeners();
  }

  async close(): Promise<void> {
    for (const session of this.#sessions) await session.endSession().catch(() => undefined);
    for (const client of this.#clients) await client.close().catch(() => undefined);
  }
}
