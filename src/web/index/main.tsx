import { mountPage } from '../lib/mount.tsx';
import { Home } from './home.tsx';

mountPage(<Home />);
