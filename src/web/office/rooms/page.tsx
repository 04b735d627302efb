import { ReloadOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useEffect, useState } from 'react';
import type { RoomRow } from '../../../proctoring/proctoring.views.contract.ts';
import type { Page as PageOf } from '../../../shared/paging.ts';
import { useText } from '../../lib/language.tsx';
import { useLoad } from '../lib/load.ts';
import { Page } from '../lib/page.tsx';
import { PagedTable } from '../lib/paged-table.tsx';
import { Refusal } from '../lib/refusal.tsx';
import { useRoomColumns } from './columns.tsx';
import { roomsMessages } from './messages.ts';
import './rooms.css';
import { TroubleList } from './trouble-list.tsx';

const EVERY_SECONDS = 10;

/** The duty overview: rooms in trouble first, then all, with staffing and counts. */
export function RoomsPage() {
  const text = useText(roomsMessages);
  const columns = useRoomColumns();
  const [q, setQ] = useState('');
  const [version, setVersion] = useState(0);
  const trouble = useLoad<PageOf<RoomRow>>('/api/duty?trouble=true&limit=50');
  const { reload } = trouble;
  useEffect(() => {
    const timer = setInterval(() => {
      setVersion((n) => n + 1);
      reload();
    }, EVERY_SECONDS * 1000);
    return () => {
      clearInterval(timer);
    };
  }, [reload]);
  const refresh = (): void => {
    setVersion((n) => n + 1);
    reload();
  };
  return (
    <Page
      title={text('title')}
      lead={text('lead', { n: EVERY_SECONDS })}
      action={
        <Button icon={<ReloadOutlined />} onClick={refresh}>
          {text('refresh')}
        </Button>
      }
    >
      {trouble.error !== undefined ? (
        <Refusal error={trouble.error} onRetry={refresh} />
      ) : (
        <div className="stack">
          {trouble.data !== undefined && (
            <TroubleList rooms={trouble.data.items} total={trouble.data.total} />
          )}
          <section aria-labelledby="all-rooms">
            <div className="toolbar">
              <h2 id="all-rooms">{text('all')}</h2>
              <span className="spring" />
              <Input.Search
                className="search"
                aria-label={text('search')}
                placeholder={text('search')}
                allowClear
                maxLength={40}
                onSearch={(typed) => {
                  setQ(typed.trim());
                }}
              />
            </div>
            <PagedTable<RoomRow>
              path="/api/duty"
              query={{ q }}
              version={version}
              columns={columns}
              rowKey={(room) => room.roomId}
              empty={text('none')}
              minWidth={1000}
            />
          </section>
        </div>
      )}
    </Page>
  );
}
