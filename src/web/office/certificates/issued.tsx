import { useState } from 'react';
import type { CertificateView } from '../../../certificate/certificate.contract.ts';
import { useOf, useText } from '../../lib/language.tsx';
import { LEVEL_SHORT } from '../lib/names.ts';
import { PagedTable } from '../lib/paged-table.tsx';
import { State } from '../lib/state.tsx';
import { CertificateDrawer } from './certificate-drawer.tsx';
import { certificatesMessages } from './messages.ts';

/** The state of a certificate in words. */
export function CertificateStateName({ certificate }: { certificate: CertificateView }) {
  const text = useText(certificatesMessages);
  if (certificate.state === 'revoked') return <State tone="trouble">{text('revoked')}</State>;
  if (certificate.state === 'pending') return <State tone="away">{text('pending')}</State>;
  return certificate.revocation === undefined ? (
    <State tone="ok">{text('inForce')}</State>
  ) : (
    <State tone="attention">{text('asked')}</State>
  );
}

/** The certificates of an examination. */
export function Issued({ examId, version }: { examId: string; version: number }) {
  const text = useText(certificatesMessages);
  const of = useOf();
  const [changes, setChanges] = useState(0);
  const [open, setOpen] = useState<CertificateView>();
  return (
    <>
      <PagedTable<CertificateView>
        path="/api/certificates"
        query={{ examId }}
        version={version + changes}
        rowKey={(certificate) => certificate.id}
        onOpen={setOpen}
        empty={text('none')}
        columns={[
          { key: 'number', title: text('number'), width: 230, render: (certificate) => certificate.number },
          { key: 'name', title: text('name'), render: (certificate) => certificate.name },
          {
            key: 'level',
            title: text('level'),
            width: 110,
            render: (certificate) => of(LEVEL_SHORT[certificate.level]),
          },
          {
            key: 'issuedOn',
            title: text('issuedOn'),
            width: 130,
            render: (certificate) => certificate.issuedOn,
          },
          {
            key: 'state',
            title: text('state'),
            width: 170,
            render: (certificate) => <CertificateStateName certificate={certificate} />,
          },
        ]}
      />
      {open !== undefined && (
        <CertificateDrawer
          certificate={open}
          onClose={() => {
            setOpen(undefined);
          }}
          onChanged={(changed) => {
            setOpen(changed);
            setChanges((n) => n + 1);
          }}
        />
      )}
    </>
  );
}
