import { Attempt } from './attempt.tsx';
import { CalmPage } from './calm-page.tsx';
import { CheckIn } from './entry/check-in.tsx';
import { useVisitor } from './use-visitor.ts';
import './styles/page.css';
import './styles/entry.css';

/** Who is this browser's candidate? Then their exam. */
export function CandidateApp() {
  const { visitor, signedIn, signedOut, leave } = useVisitor();
  switch (visitor.kind) {
    case 'unknown':
      return <CalmPage offline={visitor.offline} />;
    case 'nobody':
    case 'signed-out':
      return <CheckIn again={visitor.kind === 'signed-out'} onSignedIn={signedIn} />;
    case 'candidate':
      return <Attempt key={visitor.attemptId} visitor={visitor} onSignedOut={signedOut} onLeave={leave} />;
  }
}
