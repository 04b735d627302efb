import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect } from 'react';
import { useLanguage } from '../lib/language.tsx';
import { StaffOnly } from '../lib/session.tsx';
import { Shell } from './shell.tsx';
import { officeTheme } from './theme.ts';

/** The staff office: sign-in, then navigation and one page at a time. */
export function OfficeApp() {
  const { lang } = useLanguage();
  useEffect(() => {
    dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  }, [lang]);
  return (
    <ConfigProvider
      locale={lang === 'zh' ? zhCN : enUS}
      theme={officeTheme}
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false}>
        <StaffOnly>{(session) => <Shell session={session} />}</StaffOnly>
      </AntApp>
    </ConfigProvider>
  );
}
