import { mountPage } from '../lib/mount.tsx';
import { VerifyApp } from './app.tsx';

mountPage(<VerifyApp />);
