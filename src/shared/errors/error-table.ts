/** What one error code means: its HTTP status and what to do, in both languages. Places in braces are filled from params. */
export interface ErrorEntry {
  status: number;
  zh: string;
  en: string;
  /** The clause of the guide that the refusal enforces, such as "11.2". */
  clause?: string;
}
export type ErrorTable = Readonly<Record<string, ErrorEntry>>;
