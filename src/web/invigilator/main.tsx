import { mountPage } from '../lib/mount.tsx';
import { InvigilatorApp } from './app.tsx';

mountPage(<InvigilatorApp />);
