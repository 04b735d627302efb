import { mountPage } from '../lib/mount.tsx';
import { CandidateApp } from './app.tsx';
import { recallAppearance } from './appearance.tsx';
import { prepareForOutage } from './prepare-for-outage.ts';

recallAppearance();
mountPage(<CandidateApp />);
prepareForOutage();
