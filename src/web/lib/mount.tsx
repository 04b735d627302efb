import { StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/base.css';
import { LanguageProvider } from './language.tsx';

/** Mounts a page's content with its language. */
export function mountPage(content: ReactNode): void {
  const root = document.getElementById('root');
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>{content}</LanguageProvider>
    </StrictMode>,
  );
}
