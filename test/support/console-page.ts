import type { Page } from 'playwright-core';
import type { SeatAction } from '../../src/web/invigilator/actions.ts';
import { ACTION_NAMES } from '../../src/web/invigilator/command-names.ts';
import { STAFF_PASSWORD, type Ticket } from './real-sitting.ts';

/** The words by which an invigilator finds the controls, in both languages. */
export const ROOM_WORDS = {
  zh: {
    name: '用户名',
    password: '密码',
    signIn: '登录',
    here: '我在岗',
    open: '开放考场',
    actions: '操作',
    same: '是本人，准入',
  },
  en: {
    name: 'Name',
    password: 'Password',
    signIn: 'Sign in',
    here: 'I am here',
    open: 'Open the room',
    actions: 'Actions',
    same: 'Same person: admit',
  },
} as const;

type Lang = keyof typeof ROOM_WORDS;

/** Signs a staff member in through the form that is shown. */
export async function signInByForm(page: Page, login: string, lang: Lang = 'zh'): Promise<void> {
  const words = ROOM_WORDS[lang];
  await page.getByLabel(words.name, { exact: true }).fill(login);
  await page.getByLabel(words.password, { exact: true }).fill(STAFF_PASSWORD);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
}

/** Chooses a candidate's seat on the map. */
export async function chooseSeat(page: Page, ticket: Ticket): Promise<void> {
  await page.getByRole('option').filter({ hasText: ticket.name }).click();
}

/** Presses an action of the side panel. */
export async function act(page: Page, action: SeatAction, lang: Lang = 'zh'): Promise<void> {
  const actions = page.getByRole('group', { name: ROOM_WORDS[lang].actions });
  await actions.getByRole('button', { name: ACTION_NAMES[action][lang], exact: true }).click();
}

/** Compares photo and person, and admits. */
export async function admit(page: Page, ticket: Ticket, lang: Lang = 'zh'): Promise<void> {
  const words = ROOM_WORDS[lang];
  await chooseSeat(page, ticket);
  await act(page, 'admit', lang);
  await page.getByRole('dialog').getByRole('button', { name: words.same, exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
}
