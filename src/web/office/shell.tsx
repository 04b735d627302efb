import { Button, Menu, Spin } from 'antd';
import { Component, Suspense, type ReactNode } from 'react';
import { ROLE_NAMES } from '../../shared/roles.ts';
import { LanguageSwitch, useOf, useText } from '../lib/language.tsx';
import type { SessionHandle } from '../lib/session.tsx';
import { DemoClock } from './demo-clock.tsx';
import { MeContext } from './lib/me.ts';
import { shellMessages } from './messages.ts';
import { PAGES, type OfficePage } from './pages.ts';
import { usePlace } from './router.ts';

/** Head, navigation and the page that the address names. */
export function Shell({ session }: { session: SessionHandle }) {
  const text = useText(shellMessages);
  const of = useOf();
  const { page } = usePlace();
  const { me } = session;
  const pages = PAGES.filter((entry) => entry.roles.some((role) => me.roles.includes(role)));
  const current = pages.find((entry) => entry.key === page) ?? pages[0];
  return (
    <MeContext value={me}>
      <a className="skip" href="#office-content" onClick={focusContent}>
        {text('skip')}
      </a>
      <header className="office-head">
        <strong className="office-brand">
          {text('product')} <span>{text('office')}</span>
        </strong>
        <span className="office-spring" />
        {me.demo && <DemoClock me={me} />}
        <LanguageSwitch />
        <span className="office-me" title={me.roles.map((role) => of(ROLE_NAMES[role])).join(' · ')}>
          <span>{me.name}</span>
          <small>{me.roles.map((role) => of(ROLE_NAMES[role])).join(' · ')}</small>
        </span>
        <Button size="small" onClick={() => void session.signOut()}>
          {text('signOut')}
        </Button>
      </header>
      <div className="office-body">
        {pages.length > 0 && <Navigation pages={pages} current={current} />}
        <main id="office-content" className="office-content" tabIndex={-1}>
          {current === undefined ? <NoPages /> : <PageContent key={current.key} page={current} />}
        </main>
      </div>
    </MeContext>
  );
}

function focusContent(event: { preventDefault(): void }): void {
  event.preventDefault();
  document.getElementById('office-content')?.focus();
}

function Navigation({ pages, current }: { pages: readonly OfficePage[]; current: OfficePage | undefined }) {
  const text = useText(shellMessages);
  return (
    <nav className="office-nav" aria-label={text('menu')}>
      <Menu
        mode="inline"
        selectedKeys={current === undefined ? [] : [current.key]}
        items={pages.map(({ key, icon: Icon }) => ({
          key,
          icon: <Icon />,
          label: (
            <a href={`#/${key}`} aria-current={key === current?.key ? 'page' : undefined}>
              {text(key)}
            </a>
          ),
        }))}
      />
    </nav>
  );
}

function PageContent({ page }: { page: OfficePage }) {
  const text = useText(shellMessages);
  return (
    <PageBoundary crashed={text('crashed')} reopen={text('reopen')}>
      <Suspense fallback={<Spin className="office-wait" description={text('loading')} />}>
        <page.content />
      </Suspense>
    </PageBoundary>
  );
}

function NoPages() {
  const text = useText(shellMessages);
  const of = useOf();
  return (
    <MeContext.Consumer>
      {(me) => (
        <section className="panel office-none">
          <h1>{text('office')}</h1>
          <p>{text('noPages', { roles: me.roles.map((role) => of(ROLE_NAMES[role])).join(' · ') })}</p>
          <p>
            <a href="/room">{text('toRoom')}</a> · <a href="/score">{text('toScore')}</a>
          </p>
        </section>
      )}
    </MeContext.Consumer>
  );
}

/** Keeps the navigation alive when a page fails, or when its script cannot be loaded. */
class PageBoundary extends Component<
  { crashed: string; reopen: string; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false };
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }
  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <section className="panel office-none" role="alert">
        <p>{this.props.crashed}</p>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {this.props.reopen}
        </Button>
      </section>
    );
  }
}
