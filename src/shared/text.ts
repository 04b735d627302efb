import { Type, type Static } from '@sinclair/typebox';

/** A text in both languages of the product. */
export const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
export type Text = Static<typeof Text>;

/** The languages of the product. */
export type Lang = 'zh' | 'en';
