import { useState } from 'react';
import type { SeatView } from '../../sitting/attempt.contract.ts';
import { useText, type Messages } from '../lib/language.tsx';

const messages = {
  photo: { zh: '{name} 的报名照片', en: 'Registered photo of {name}' },
  none: { zh: '无照片', en: 'No photo' },
} satisfies Messages;

/** The registered photo, to be compared with the person. */
export function Photo({ seat, large = false }: { seat: SeatView; large?: boolean }) {
  const text = useText(messages);
  const [failed, setFailed] = useState(false);
  const className = `photo${large ? ' large' : ''}`;
  if (!seat.hasPhoto || failed) return <span className={`${className} none`}>{text('none')}</span>;
  return (
    <img
      className={className}
      src={`/api/candidates/${encodeURIComponent(seat.candidateId)}/photo`}
      alt={text('photo', { name: seat.name })}
      onError={() => {
        setFailed(true);
      }}
    />
  );
}
