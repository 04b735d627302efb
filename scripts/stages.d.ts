export const STAGES: readonly string[];
