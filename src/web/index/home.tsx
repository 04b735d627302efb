import { LanguageSwitch, useText, type Messages } from '../lib/language.tsx';
import './home.css';

const messages = {
  name: { zh: '考场', en: 'Kaochang' },
  purpose: { zh: '跨境电子商务人才考核系统', en: 'Examinations for cross-border e-commerce specialists' },
  choose: { zh: '请选择您的入口', en: 'Where would you like to go?' },
  candidate: { zh: '考生', en: 'Candidates' },
  candidateText: { zh: '凭准考证号入座考试', en: 'Sit an examination with your admission number' },
  room: { zh: '监考', en: 'Invigilators' },
  roomText: { zh: '开放考场、实时监考、处理异常', en: 'Open a room, watch it live, deal with incidents' },
  score: { zh: '考评与评审', en: 'Examiners and panels' },
  scoreText: { zh: '技能评分、综合评审', en: 'Score skill tasks and reviews' },
  office: { zh: '考务', en: 'Exam office' },
  officeText: { zh: '题库、组卷、场次、成绩、证书', en: 'Bank, forms, sittings, results, certificates' },
  verify: { zh: '证书查验', en: 'Check a certificate' },
  verifyText: { zh: '任何人都可以查验，无需登录', en: 'Open to everyone, without signing in' },
} satisfies Messages;

const DOORS = [
  ['/exam', 'candidate', 'candidateText'],
  ['/room', 'room', 'roomText'],
  ['/score', 'score', 'scoreText'],
  ['/office', 'office', 'officeText'],
  ['/verify', 'verify', 'verifyText'],
] as const;

/** The front door: one link for each kind of user. */
export function Home() {
  const text = useText(messages);
  return (
    <main className="home">
      <header className="home-head">
        <div>
          <h1>{text('name')}</h1>
          <p>{text('purpose')}</p>
        </div>
        <LanguageSwitch />
      </header>
      <h2>{text('choose')}</h2>
      <ul className="doors">
        {DOORS.map(([href, title, body]) => (
          <li key={href}>
            <a className="door" href={href}>
              <strong>{text(title)}</strong>
              <span>{text(body)}</span>
            </a>
          </li>
        ))}
      </ul>
    </main>
  );
}
