import { mountPage } from '../lib/mount.tsx';
import { CandidateApp } from './app.tsx';

mountPage(<CandidateApp />);
