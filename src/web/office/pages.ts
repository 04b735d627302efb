import { ApartmentOutlined, DatabaseOutlined } from '@ant-design/icons';
import { lazy, type ComponentType } from 'react';
import type { Role } from '../../shared/roles.ts';
import type { shellMessages } from './messages.ts';

/** One page of the office. */
export interface OfficePage {
  /** First segment of the hash, and the name's key. */
  key: keyof typeof shellMessages;
  icon: ComponentType;
  /** Who sees it in the menu: those who may read its lists. */
  roles: readonly Role[];
  content: ComponentType;
}

/** The pages in the order of the river; each is loaded when first opened. */
export const PAGES: readonly OfficePage[] = [
  {
    key: 'bank',
    icon: DatabaseOutlined,
    roles: ['item-author', 'item-reviewer', 'exam-officer', 'auditor'],
    content: lazy(() => import('./bank/page.tsx').then((m) => ({ default: m.BankPage }))),
  },
  {
    key: 'assembly',
    icon: ApartmentOutlined,
    roles: ['exam-officer', 'item-reviewer', 'chief-invigilator', 'auditor'],
    content: lazy(() => import('./assembly/page.tsx').then((m) => ({ default: m.AssemblyPage }))),
  },
];
