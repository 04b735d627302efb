import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { STAGES } from './scripts/stages.js';

/** A stage may import the stages upstream of it, shared/ and platform/; never downstream (docs/architecture.md). */
const oneWay = STAGES.map((stage, index) => ({
  files: [`src/${stage}/**/*.ts`],
  ignores: ['src/**/*.rules.ts'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [...STAGES.slice(index + 1), 'web'].map((downstream) => `**/${downstream}/**`),
            message: `${stage}/ may import only what is upstream of it: the river runs one way.`,
          },
        ],
      },
    ],
  },
}));

const impure = [
  'node:*',
  'mongoose',
  'express',
  'socket.io',
  'pino',
  '**/platform/**',
  '**/*.service.ts',
  '**/*.model.ts',
  '**/*.routes.ts',
  '**/*.live.ts',
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', 'coverage/**'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  { files: ['scripts/**', 'test/support/**'], rules: { 'no-console': 'off' } },
  ...oneWay,
  {
    files: ['src/shared/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*', '**/platform/**', ...STAGES.map((s) => `**/${s}/**`)],
              message: 'shared/ runs anywhere: no Node, no stages.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/**/*.rules.ts'],
    rules: {
      // Types vanish when compiled, so a rule may name the shape of a document.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: impure, allowTypeImports: true, message: 'Rules are pure: no IO.' }] },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Rules read no clock: take now as an argument.' },
        { object: 'Math', property: 'random', message: 'Rules read no randomness: take a seed.' },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setTimeout',
        'setInterval',
        'crypto',
        'window',
        'document',
        'localStorage',
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Rules read no clock.',
        },
        { selector: 'ThrowStatement', message: 'Rules never throw: return a reason code.' },
      ],
    },
  },
  {
    files: ['src/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                'node:*',
                'mongoose',
                '**/platform/**',
                '**/*.service.ts',
                '**/*.model.ts',
                '**/*.routes.ts',
                '**/*.live.ts',
              ],
              message: 'The browser imports contracts, rules and shared/ only.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
