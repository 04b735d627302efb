/** The parts of MongoDB's unified test format that are run. */
export type Json = Record<string, unknown>;

export interface Requirement {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverless?: string;
  auth?: boolean;
  csfle?: boolean;
}
export interface Operation {
  name: string;
  object: string;
  arguments?: Json;
  expectError?: Json;
  expectResult?: unknown;
  saveResultAsEntity?: string;
  ignoreResultAndError?: boolean;
}
export interface CollectionData {
  databaseName: string;
  collectionName: string;
  documents: Json[];
  createOptions?: Json;
}
export interface ExpectedEvents {
  client: string;
  eventType?: string;
  ignoreExtraEvents?: boolean;
  events: Json[];
}
export interface Test {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Operation[];
  outcome?: CollectionData[];
  expectEvents?: ExpectedEvents[];
}
export interface Suite {
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: Json[];
  initialData?: CollectionData[];
  tests: Test[];
}

/** Something the runner does not do: the test is skipped. */
export class Unsupported extends Error {}
/** The store (or driver) did not do what the test expects. */
export class Mismatch extends Error {}
/** The driver built a command otherwise than the specification says: results, errors and final data are judged alone. */
export class DriverDifference extends Error {}
