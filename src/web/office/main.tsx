import { mountPage } from '../lib/mount.tsx';
import { OfficeApp } from './app.tsx';
import './office.css';

mountPage(<OfficeApp />);
