import { Type, type Static } from '@sinclair/typebox';

/** Query of every list: pages of `limit` (1–200, default 50) from `offset`. */
export const PageQuery = Type.Object(
  {
    offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    q: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);
export type PageQuery = Static<typeof PageQuery>;

/** One page of a list and how many there are in all. */
export interface Page<T> {
  items: T[];
  total: number;
  offset: number;
  limit: number;
}
