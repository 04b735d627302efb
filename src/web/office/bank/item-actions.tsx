import { App, Button, Input, Tooltip } from 'antd';
import { useState } from 'react';
import type { ItemCommand, ItemDetail, ItemView } from '../../../bank/bank.contract.ts';
import { judgeMove } from '../../../bank/item.rules.ts';
import { problemOf } from '../../../shared/errors/index.ts';
import { api } from '../../lib/api.ts';
import { useLanguage, useText } from '../../lib/language.tsx';
import { useSend } from '../lib/load.ts';
import { useMe } from '../lib/me.ts';
import { Refusal } from '../lib/refusal.tsx';
import { bankMessages } from './messages.ts';

const COMMANDS: readonly ItemCommand[] = ['submit', 'return', 'approve', 'retire', 'revive'];
/** Commands that undo somebody's work and so ask first. */
const ASKS: Partial<Record<ItemCommand, 'confirmReturn' | 'confirmRetire'>> = {
  return: 'confirmReturn',
  retire: 'confirmRetire',
};

/** The moves that the item's state allows this person; one refused only because of who wrote the item stays, with the reason. */
export function ItemActions({ item, onMoved }: { item: ItemDetail; onMoved(): void }) {
  const text = useText(bankMessages);
  const { lang } = useLanguage();
  const me = useMe();
  const { modal, message } = App.useApp();
  const { busy, error, send } = useSend();
  const [running, setRunning] = useState<ItemCommand>();
  const move = async (command: ItemCommand, note?: string): Promise<void> => {
    setRunning(command);
    const moved = await send(() =>
      api.post<ItemView>(`/api/bank/items/${encodeURIComponent(item.id)}/commands`, {
        command,
        ...(note === undefined || note === '' ? {} : { note }),
      }),
    );
    if (moved === undefined) return;
    message.success(text('moved', { id: item.id, state: text(moved.status) }));
    onMoved();
  };
  const ask = (command: ItemCommand): void => {
    const question = ASKS[command];
    if (question === undefined) {
      void move(command);
      return;
    }
    let note = '';
    void modal.confirm({
      title: text(question, { id: item.id }),
      content: (
        <Input.TextArea
          aria-label={text('noteFor')}
          placeholder={text('noteFor')}
          maxLength={500}
          onChange={(event) => {
            note = event.target.value;
          }}
        />
      ),
      okText: text(command),
      onOk: () => move(command, note.trim()),
    });
  };
  const verdicts = COMMANDS.map((command) => ({
    command,
    verdict: judgeMove({
      state: item.status,
      command,
      roles: me.roles,
      actorId: `account:${me.id ?? ''}`,
      authorId: item.authorId,
    }),
  })).filter(({ verdict }) => verdict.ok || verdict.code === 'bank.own-item');
  if (verdicts.length === 0) return null;
  return (
    <div className="tight">
      <Refusal error={error} />
      <div className="drawer-actions">
        {verdicts.map(({ command, verdict }) => (
          <Tooltip key={command} title={verdict.ok ? undefined : problemOf(verdict.code)[lang]}>
            <Button
              type={command === 'approve' || command === 'submit' ? 'primary' : 'default'}
              danger={command === 'retire'}
              disabled={!verdict.ok}
              loading={busy && running === command}
              onClick={() => {
                ask(command);
              }}
            >
              {text(command)}
            </Button>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}
