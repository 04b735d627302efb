import { useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { Page, PageTabs } from '../lib/page.tsx';
import { AccountsTab } from './accounts.tsx';
import { CandidatesTab } from './candidates.tsx';
import { InstitutionsTab } from './institutions.tsx';
import { peopleMessages } from './messages.ts';
import './people.css';

/** Staff accounts, candidates and institutions; each person sees the lists that their roles may read. */
export function PeoplePage() {
  const text = useText(peopleMessages);
  const accounts = useMay('administrator', 'exam-officer', 'chief-invigilator');
  const candidates = useMay('exam-officer', 'certificate-officer', 'auditor');
  const institutions = useMay('administrator', 'exam-officer', 'certificate-officer', 'auditor');
  return (
    <Page title={text('title')} lead={text('lead')}>
      <PageTabs
        page="people"
        tabs={[
          ...(accounts ? [{ key: 'accounts', label: text('accounts'), content: <AccountsTab /> }] : []),
          ...(candidates
            ? [{ key: 'candidates', label: text('candidates'), content: <CandidatesTab /> }]
            : []),
          ...(institutions
            ? [{ key: 'institutions', label: text('institutions'), content: <InstitutionsTab /> }]
            : []),
        ]}
      />
    </Page>
  );
}
