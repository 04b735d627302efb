/** The stages of the exam, upstream first. Lint and test/architecture.test.ts read this order. */
export const STAGES = [
  'people',
  'training',
  'bank',
  'assembly',
  'sitting',
  'proctoring',
  'marking',
  'review',
  'results',
  'certificate',
  'reports',
];
