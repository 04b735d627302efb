import { mountPage } from '../lib/mount.tsx';
import { ScoreApp } from './app.tsx';

mountPage(<ScoreApp />);
