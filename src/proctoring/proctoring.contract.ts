import { Type, type Static } from '@sinclair/typebox';
import { PageQuery } from '../shared/paging.ts';
import { ADDED_KINDS } from './arguments.rules.ts';
import { SEAT_COMMANDS } from './commands.rules.ts';

const closed = { additionalProperties: false } as const;
const Id = Type.String({ minLength: 1, maxLength: 60 });
const Reason = Type.String({ maxLength: 300 });

export const RoomParams = Type.Object({ roomId: Id }, closed);
export const RequestParams = Type.Object(
  { roomId: Id, commandId: Type.String({ minLength: 1, maxLength: 80 }) },
  closed,
);
export const IncidentParams = Type.Object({ roomId: Id, incidentId: Id }, closed);
export const AttemptParams = Type.Object({ attemptId: Id }, closed);
export const RoomAttemptParams = Type.Object({ roomId: Id, attemptId: Id }, closed);
export const MessageParams = Type.Object({ attemptId: Id, messageId: Id }, closed);
export const EntryParams = Type.Object({ attemptId: Id, entryId: Id }, closed);

/** Body of the live event `proctoring.presence.renew`. `enter`: the person has pressed "I am here". */
export const RenewEventBody = Type.Object({ roomId: Id, enter: Type.Optional(Type.Boolean()) }, closed);
/** The same by HTTP: POST /api/rooms/:roomId/presence. */
export const RenewBody = Type.Object({ enter: Type.Optional(Type.Boolean()) }, closed);
/** Body of `proctoring.console.join` and `proctoring.console.leave`: the channel `staff:<roomId>`. */
export const RoomEventBody = Type.Object({ roomId: Id }, closed);
export const EmptyBody = Type.Object({}, closed);

/** Holding and resuming a room ask for a reason; it goes into the record. */
export const HoldBody = Type.Object({ reason: Reason }, closed);
/** `remarks` go into the room record above the signature. */
export const CloseBody = Type.Object({ remarks: Type.Optional(Type.String({ maxLength: 2000 })) }, closed);

const Targets = Type.Union([
  Type.Literal('all'),
  Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
]);
const RequestId = Type.String({ pattern: '^[A-Za-z0-9-]{8,40}$' });

export const CommandArgs = Type.Object(
  {
    /** add-time: 1–120. */
    minutes: Type.Optional(Type.Integer()),
    /** add-time: why; default incident. */
    kind: Type.Optional(Type.Union(ADDED_KINDS.map((kind) => Type.Literal(kind)))),
    /** add-time, terminate, refuse-identity: needed; pause: if there is one. */
    reason: Type.Optional(Reason),
    /** message. */
    text: Type.Optional(Type.String({ maxLength: 1000 })),
    /** move-seat: the new seat, and the room if another of the same sitting (by a chief). */
    seat: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    roomId: Type.Optional(Id),
    /** hand-over: the session that shall write; without it the next sign-in at the seat. */
    sessionId: Type.Optional(Id),
    /** terminate: the seat numbers of the targets, typed again. */
    confirmSeats: Type.Optional(Type.Array(Type.Integer(), { maxItems: 500 })),
  },
  closed,
);

/**
 * A command to one seat, to several or to all of a room. With a `requestId` (made by the console) a repetition answers
 * what the first one did and does nothing again.
 */
export const CommandBody = Type.Object(
  {
    command: Type.Union(SEAT_COMMANDS.map((command) => Type.Literal(command))),
    attemptIds: Targets,
    args: Type.Optional(CommandArgs),
    requestId: Type.Optional(RequestId),
  },
  closed,
);
export type CommandBody = Static<typeof CommandBody>;

export const INCIDENT_CATEGORIES = ['environment', 'candidate', 'staff', 'technical'] as const;
export type IncidentCategory = (typeof INCIDENT_CATEGORIES)[number];

/** Something out of the ordinary. `people`: who was involved, in words. */
export const IncidentBody = Type.Object(
  {
    category: Type.Union(INCIDENT_CATEGORIES.map((category) => Type.Literal(category))),
    kind: Type.String({ minLength: 1, maxLength: 60 }),
    attemptIds: Type.Optional(Type.Array(Id, { maxItems: 500, uniqueItems: true })),
    people: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20 })),
    text: Type.String({ maxLength: 2000 }),
    decision: Type.Optional(Type.String({ maxLength: 1000 })),
    /** When it happened, server time, ms; default now. */
    occurredAt: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);
export type IncidentBody = Static<typeof IncidentBody>;
export const DecisionBody = Type.Object({ decision: Type.String({ maxLength: 1000 }) }, closed);

/** Query of GET /api/duty: `state` picks rooms, `trouble` only those in breach or held. */
export const DutyQuery = Type.Object(
  { ...PageQuery.properties, trouble: Type.Optional(Type.Boolean()) },
  closed,
);

/**
 * The chief invigilator's decision on the late answers of one seat, of several, or of all in the room that wait for one: they
 * count, or stay evidence. With a `requestId` (made by the console) a repetition answers what the first one did.
 */
export const LateDecisionBody = Type.Object(
  {
    attemptIds: Targets,
    accept: Type.Boolean(),
    reason: Type.String({ maxLength: 1000 }),
    /** Answers that reached the server later are not decided, since nobody has seen them, server ms. */
    upTo: Type.Optional(Type.Integer({ minimum: 0 })),
    requestId: Type.Optional(RequestId),
  },
  closed,
);
export type LateDecisionBody = Static<typeof LateDecisionBody>;
