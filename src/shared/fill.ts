/**
 * Fills `{name}` places of a text from `params`; an unknown place stays as it is. Apart from the schema of texts: a page
 * that fills one should not have to load TypeBox.
 */
export function fill(template: string, params: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
