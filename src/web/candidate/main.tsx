import { mountPage } from '../lib/mount.tsx';
import { CandidateApp } from './app.tsx';
import { recallAppearance } from './appearance.tsx';
import { registerWorker } from './register-worker.ts';

recallAppearance();
mountPage(<CandidateApp />);
registerWorker();
