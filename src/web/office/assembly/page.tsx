import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { Page, PageTabs } from '../lib/page.tsx';
import './assembly.css';
import { FormsTab } from './forms.tsx';
import { assemblyMessages } from './messages.ts';
import { TemplateImport } from './template-import.tsx';
import { TemplatesTab } from './templates.tsx';

/** Templates and the forms made of them. */
export function AssemblyPage() {
  const text = useText(assemblyMessages);
  const mayImport = useMay('exam-officer');
  const maySeeForms = useMay('exam-officer', 'chief-invigilator', 'auditor');
  const [importing, setImporting] = useState(false);
  const [version, setVersion] = useState(0);
  return (
    <Page
      title={text('title')}
      lead={text('lead')}
      action={
        mayImport && (
          <Button
            type="primary"
            icon={<UploadOutlined />}
            onClick={() => {
              setImporting(true);
            }}
          >
            {text('import')}
          </Button>
        )
      }
    >
      <PageTabs
        page="assembly"
        tabs={[
          { key: 'templates', label: text('templates'), content: <TemplatesTab version={version} /> },
          ...(maySeeForms ? [{ key: 'forms', label: text('forms'), content: <FormsTab /> }] : []),
        ]}
      />
      <TemplateImport
        open={importing}
        onClose={() => {
          setImporting(false);
        }}
        onImported={() => {
          setVersion((n) => n + 1);
        }}
      />
    </Page>
  );
}
