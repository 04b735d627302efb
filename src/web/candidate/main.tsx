import { mountPage } from '../lib/mount.tsx';
import { CandidateApp } from './app.tsx';
import { recallAppearance } from './appearance.tsx';

recallAppearance();
mountPage(<CandidateApp />);
