/** Checks of errors, events and final data. */
import mongoose from 'mongoose';
import type { Entities, ObservedEvent } from './entities.ts';
import { parse } from './entities.ts';
import { matchValue } from './matching.ts';
import { clientBulkResult } from './operations.ts';
import { DriverDifference, Mismatch, Unsupported, type ExpectedEvents, type Json } from './types.ts';

const { MongoServerError, MongoError } = mongoose.mongo;

interface DriverError extends Error {
  code?: unknown;
  codeName?: string;
  errorResponse?: unknown;
  result?: unknown;
  partialResult?: unknown;
  writeErrors?: unknown;
  writeConcernErrors?: unknown;
  cause?: unknown;
}

function checkLabels(error: DriverError, expected: Json): void {
  const has = (label: string): boolean => error instanceof MongoError && error.hasErrorLabel(label);
  for (const label of (expected['errorLabelsContain'] as string[] | undefined) ?? [])
    if (!has(label)) throw new Mismatch(`label ${label} is missing`);
  for (const label of (expected['errorLabelsOmit'] as string[] | undefined) ?? [])
    if (has(label)) throw new Mismatch(`label ${label} is there`);
}

function resultOf(error: DriverError): unknown {
  if (error.name === 'MongoClientBulkWriteError')
    return error.partialResult ? clientBulkResult(error.partialResult) : undefined;
  return error.result ?? error;
}

const entriesOf = (v: unknown): Json =>
  v instanceof Map
    ? Object.fromEntries([...v].map(([k, value]) => [String(k), value as unknown]))
    : (v as Json);

function checkBulkErrors(error: DriverError, expected: Json, entities: Entities): void {
  for (const [index, wanted] of Object.entries((expected['writeErrors'] as Json | undefined) ?? {})) {
    matchValue(
      wanted,
      { ...(entriesOf(error.writeErrors)[index] as Json) },
      entities,
      `writeErrors.${index}`,
    );
  }
  if (Array.isArray(expected['writeConcernErrors']))
    matchValue(expected['writeConcernErrors'], error.writeConcernErrors, entities, 'writeConcernErrors');
}

function codeOf(error: DriverError, key: 'code' | 'codeName'): unknown {
  const response = error.errorResponse as Json | undefined;
  return error[key] ?? response?.[key] ?? (error.cause as DriverError | undefined)?.[key];
}

/** @throws Mismatch when the error is not the expected one */
export function checkError(thrown: unknown, expectedRaw: Json, entities: Entities): void {
  const error = thrown as DriverError;
  const expected = parse(expectedRaw) as Json;
  const isServer = error instanceof MongoServerError;
  if (expected['isClientError'] === true && isServer) throw new Mismatch(`a server error: ${error.message}`);
  if (expected['isClientError'] === false && !isServer)
    throw new Mismatch(`not a server error: ${error.message}`);
  const contains = expected['errorContains'];
  if (typeof contains === 'string' && !error.message.toLowerCase().includes(contains.toLowerCase()))
    throw new Mismatch(`message: ${error.message}`);
  if (expected['errorCode'] !== undefined && codeOf(error, 'code') !== expected['errorCode'])
    throw new Mismatch(`code ${String(codeOf(error, 'code'))}: ${error.message}`);
  if (expected['errorCodeName'] !== undefined && codeOf(error, 'codeName') !== expected['errorCodeName']) {
    throw new Mismatch(`codeName ${String(codeOf(error, 'codeName'))}: ${error.message}`);
  }
  checkLabels(error, expected);
  checkBulkErrors(error, expected, entities);
  if (expected['expectResult'] !== undefined)
    matchValue(expected['expectResult'], resultOf(error), entities, 'result');
  if (expected['errorResponse'] !== undefined)
    matchValue(
      expected['errorResponse'],
      (error.cause as DriverError | undefined)?.errorResponse ?? error.errorResponse ?? error,
      entities,
      'errorResponse',
    );
}

function checkEvent(
  kind: string,
  expected: Json,
  actual: ObservedEvent,
  entities: Entities,
  path: string,
): void {
  if (actual.kind !== kind) throw new Mismatch(`${path}: ${actual.kind}, expected ${kind}`);
  const { event } = actual;
  if (expected['commandName'] !== undefined && expected['commandName'] !== event['commandName'])
    throw new Mismatch(`${path}: command ${String(event['commandName'])}`);
  if (expected['databaseName'] !== undefined && expected['databaseName'] !== event['databaseName'])
    throw new Mismatch(`${path}: database ${String(event['databaseName'])}`);
  if (expected['command'] !== undefined) {
    try {
      matchValue(parse(expected['command']), event['command'], entities, `${path}.command`);
    } catch (error) {
      // what the driver puts into a command is not the store's doing
      if (error instanceof Mismatch) throw new DriverDifference(error.message);
      throw error;
    }
  }
  if (expected['reply'] !== undefined)
    matchValue(parse(expected['reply']), event['reply'], entities, `${path}.reply`);
}

/** @throws Mismatch */
export function checkEvents(expected: ExpectedEvents, entities: Entities): void {
  const wantsCommands = (expected.eventType ?? 'command') === 'command';
  const actual = entities
    .eventsOf(expected.client)
    .filter((e) => e.kind.startsWith('command') === wantsCommands);
  if (!['command', 'cmap'].includes(expected.eventType ?? 'command'))
    throw new Unsupported(`events of type ${String(expected.eventType)}`);
  expected.events.forEach((item, i) => {
    const [kind = ''] = Object.keys(item);
    const observed = actual[i];
    if (!observed) throw new Mismatch(`event ${String(i)} ${kind} is missing`);
    checkEvent(kind, item[kind] as Json, observed, entities, `event ${String(i)}`);
  });
  if (!expected.ignoreExtraEvents && actual.length > expected.events.length) {
    throw new Mismatch(`${String(actual.length)} events, expected ${String(expected.events.length)}`);
  }
}
