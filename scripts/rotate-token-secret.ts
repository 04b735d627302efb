/**
 * `npm run rotate-token-secret`: draws a new secret for session tokens in the data folder. The server signs with it from its
 * next start; sessions from before go on, and their tokens are renewed under the new secret at their next request.
 */
import { resolve } from 'node:path';
import { rotateTokenSecret } from '../src/config.ts';

rotateTokenSecret(resolve(process.env['DATA_DIR'] ?? 'data'));
console.log('A new token secret is in place. Restart the server to use it.');
