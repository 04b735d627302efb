import { Alert, Button, Tag } from 'antd';
import { ApiError, errorText } from '../../lib/api.ts';
import { useLanguage, useText } from '../../lib/language.tsx';
import { commonMessages } from './messages.ts';

/** One fault of something submitted; imports carry both languages, other problems English alone. */
export interface IssueLike {
  path: string;
  message: string;
  code?: string;
  zh?: string;
  en?: string;
  clause?: string;
}

/** Why something was refused: the server's words, the clause, and every single fault. Nothing when there is no error. */
export function Refusal({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const text = useText(commonMessages);
  const { lang } = useLanguage();
  if (error === undefined) return null;
  const problem = error instanceof ApiError ? error.problem : undefined;
  const issues: readonly IssueLike[] = problem?.issues ?? [];
  return (
    <Alert
      type="error"
      showIcon
      className="refusal"
      title={
        <>
          {errorText(error, lang)}
          {problem?.clause !== undefined && (
            <Tag className="clause" color="error">
              {text('clause', { clause: problem.clause })}
            </Tag>
          )}
        </>
      }
      description={issues.length > 0 ? <Issues issues={issues} /> : undefined}
      action={
        problem?.status === 401 ? (
          <Button
            size="small"
            onClick={() => {
              location.reload();
            }}
          >
            {text('signInAgain')}
          </Button>
        ) : onRetry === undefined ? undefined : (
          <Button size="small" onClick={onRetry}>
            {text('retry')}
          </Button>
        )
      }
    />
  );
}

/** Faults one under the other: where, and what is wrong there. */
export function Issues({ issues }: { issues: readonly IssueLike[] }) {
  const text = useText(commonMessages);
  const { lang } = useLanguage();
  return (
    <ul className="issues" tabIndex={0}>
      {issues.map((issue, index) => (
        <li key={`${issue.path} ${String(index)}`}>
          <code>{issue.path === '' ? '/' : issue.path}</code>
          <span>
            {issue[lang] ?? issue.message}
            {issue.clause !== undefined && (
              <Tag className="clause">{text('clause', { clause: issue.clause })}</Tag>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
