/** A fresh id for a command, so that a repetition does nothing again. Works without a secure context: labs serve plain http. */
export function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
