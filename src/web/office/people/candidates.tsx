import { UploadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { CandidateView } from '../../../people/people.contract.ts';
import { useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { PagedTable, type Column } from '../lib/paged-table.tsx';
import { SidePanel } from '../lib/side-panel.tsx';
import { State } from '../lib/state.tsx';
import { CandidateImport } from './candidate-import.tsx';
import { useInstitutions, type Institutions } from './institution.ts';
import { candidateMessages } from './messages.ts';

/** Candidates; exam officers take them in and see their portraits. */
export function CandidatesTab() {
  const text = useText(candidateMessages);
  const officer = useMay('exam-officer');
  const seesPortraits = useMay('exam-officer', 'certificate-officer');
  const institutions = useInstitutions();
  const [q, setQ] = useState('');
  const [version, setVersion] = useState(0);
  const [open, setOpen] = useState<CandidateView>();
  const [importing, setImporting] = useState(false);
  return (
    <>
      <div className="toolbar" role="search">
        <Input.Search
          className="search"
          aria-label={text('search')}
          placeholder={text('search')}
          allowClear
          maxLength={60}
          onSearch={(typed) => {
            setQ(typed.trim());
          }}
        />
        <span className="spring" />
        {officer && (
          <Button
            type="primary"
            icon={<UploadOutlined />}
            onClick={() => {
              setImporting(true);
            }}
          >
            {text('import')}
          </Button>
        )}
      </div>
      <PagedTable<CandidateView>
        path="/api/candidates"
        query={{ q }}
        version={version}
        columns={useColumns(institutions)}
        rowKey={(candidate) => candidate.id}
        {...(seesPortraits ? { onOpen: setOpen } : {})}
        empty={text(q === '' && officer ? 'noneYet' : 'none')}
      />
      <CandidatePanel
        candidate={open}
        institutions={institutions}
        onClose={() => {
          setOpen(undefined);
        }}
      />
      <CandidateImport
        open={importing}
        institutions={institutions}
        onClose={() => {
          setImporting(false);
        }}
        onImported={() => {
          setVersion((n) => n + 1);
        }}
      />
    </>
  );
}

function useColumns(institutions: Institutions): Column<CandidateView>[] {
  const text = useText(candidateMessages);
  return [
    { key: 'name', title: text('name'), render: (candidate) => candidate.name },
    {
      key: 'idTail',
      title: text('idTail'),
      width: 160,
      render: (candidate) => <span className="number">{candidate.idTail}</span>,
    },
    {
      key: 'institution',
      title: text('institution'),
      render: (candidate) => institutions.nameOf(candidate.institutionId),
    },
    { key: 'photo', title: text('photo'), width: 130, render: (candidate) => <Kept candidate={candidate} /> },
  ];
}

function Kept({ candidate: { hasPhoto } }: { candidate: CandidateView }) {
  const text = useText(candidateMessages);
  return <State tone={hasPhoto ? 'ok' : 'away'}>{text(hasPhoto ? 'hasPhoto' : 'noPhoto')}</State>;
}

function CandidatePanel({
  candidate,
  institutions,
  onClose,
}: {
  candidate: CandidateView | undefined;
  institutions: Institutions;
  onClose(): void;
}) {
  const text = useText(candidateMessages);
  return (
    <SidePanel open={candidate !== undefined} width={420} title={candidate?.name} onClose={onClose}>
      {candidate !== undefined && (
        <div className="candidate-card">
          {candidate.hasPhoto && (
            <img
              src={`/api/candidates/${candidate.id}/photo`}
              alt={text('portraitOf', { name: candidate.name })}
            />
          )}
          <dl className="tight">
            <dt>{text('idTail')}</dt>
            <dd className="number">{candidate.idTail}</dd>
            <dt>{text('institution')}</dt>
            <dd>{institutions.nameOf(candidate.institutionId)}</dd>
            <dt>{text('photo')}</dt>
            <dd>
              <Kept candidate={candidate} />
            </dd>
          </dl>
        </div>
      )}
    </SidePanel>
  );
}
