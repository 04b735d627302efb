/** The value below which `percent` of the values lie, to 2 decimals; 0 of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1);
  return Math.round((sorted[Math.max(0, at)] ?? 0) * 100) / 100;
}
