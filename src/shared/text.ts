import { Type, type Static } from '@sinclair/typebox';

/** A text in both languages of the product. */
export const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
export type Text = Static<typeof Text>;

/** The languages of the product. */
export type Lang = 'zh' | 'en';

/** Fills `{name}` places of a text from `params`; an unknown place stays as it is. */
export function fill(template: string, params: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
