/** Aggregation expressions, evaluated by mingo over documents with plain numbers. */
import { evalExpr } from 'mingo/core';
import { promote, type Doc } from './bson-codec.ts';
import { MongoError } from './errors.ts';
import { mingoOptions, refused } from './mingo.ts';

/**
 * Value of an expression over a document.
 * @throws MongoError when mingo refuses the expression
 */
export function evaluateExpression(doc: Doc, expression: unknown, vars?: Doc): unknown {
  try {
    return evalExpr(promote(doc), promote(expression), mingoOptions(vars));
  } catch (error) {
    if (error instanceof MongoError) throw error;
    throw refused(error as Error);
  }
}
