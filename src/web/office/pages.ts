import {
  ApartmentOutlined,
  AuditOutlined,
  CalendarOutlined,
  DatabaseOutlined,
  DesktopOutlined,
  EditOutlined,
  FileDoneOutlined,
  SafetyCertificateOutlined,
  TeamOutlined,
} from '@ant-design/icons';
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
  {
    key: 'sittings',
    icon: CalendarOutlined,
    roles: ['exam-officer', 'chief-invigilator', 'auditor'],
    content: lazy(() => import('./sittings/page.tsx').then((m) => ({ default: m.SittingsPage }))),
  },
  {
    key: 'rooms',
    icon: DesktopOutlined,
    roles: ['chief-invigilator', 'exam-officer'],
    content: lazy(() => import('./rooms/page.tsx').then((m) => ({ default: m.RoomsPage }))),
  },
  {
    key: 'marking',
    icon: EditOutlined,
    roles: ['exam-officer', 'chief-invigilator'],
    content: lazy(() => import('./marking/page.tsx').then((m) => ({ default: m.MarkingPage }))),
  },
  {
    key: 'review',
    icon: AuditOutlined,
    roles: ['exam-officer', 'auditor'],
    content: lazy(() => import('./review/page.tsx').then((m) => ({ default: m.ReviewPage }))),
  },
  {
    key: 'results',
    icon: FileDoneOutlined,
    roles: ['exam-officer', 'certificate-officer', 'auditor'],
    content: lazy(() => import('./results/page.tsx').then((m) => ({ default: m.ResultsPage }))),
  },
  {
    key: 'certificates',
    icon: SafetyCertificateOutlined,
    roles: ['certificate-officer'],
    content: lazy(() => import('./certificates/page.tsx').then((m) => ({ default: m.CertificatesPage }))),
  },
  {
    key: 'people',
    icon: TeamOutlined,
    roles: ['administrator', 'exam-officer', 'certificate-officer', 'chief-invigilator', 'auditor'],
    content: lazy(() => import('./people/page.tsx').then((m) => ({ default: m.PeoplePage }))),
  },
];
