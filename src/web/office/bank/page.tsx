import { UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../lib/language.tsx';
import { useMay } from '../lib/me.ts';
import { Page, PageTabs } from '../lib/page.tsx';
import './bank.css';
import { CoverageTab } from './coverage.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { ItemsTab } from './items.tsx';
import { bankMessages } from './messages.ts';
import { ScenariosTab } from './scenarios.tsx';

/** Items, coverage and computer tasks of the bank. */
export function BankPage() {
  const text = useText(bankMessages);
  const mayImport = useMay('item-author', 'item-reviewer', 'exam-officer');
  const mayScenarios = useMay('item-author', 'item-reviewer', 'exam-officer', 'examiner');
  const [importing, setImporting] = useState(false);
  const [version, setVersion] = useState(0);
  const tabs = [
    { key: 'items', label: text('items'), content: <ItemsTab version={version} /> },
    { key: 'coverage', label: text('coverage'), content: <CoverageTab version={version} /> },
    ...(mayScenarios
      ? [{ key: 'scenarios', label: text('scenarios'), content: <ScenariosTab version={version} /> }]
      : []),
  ];
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
      <PageTabs page="bank" tabs={tabs} />
      <ImportDrawer
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
