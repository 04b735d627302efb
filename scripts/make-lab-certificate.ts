/**
 * Makes the certificate with which the exam server serves https in a lab, and the lab's own authority (CA) that its
 * computers trust. Run again to renew, or for other names: the authority stays, so no computer has to be visited.
 * `npm run make-lab-certificate -- [--host exam.lab]… [--ip 10.0.0.5]… [--data DIR]`
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describe } from './lab-certificate/describe.ts';
import { makeLabCertificate } from './lab-certificate/folder.ts';
import { readNames } from './lab-certificate/names.ts';

try {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', multiple: true, default: [] },
      ip: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: process.env['DATA_DIR'] ?? 'data' },
    },
  });
  const names = readNames(values.host, values.ip);
  console.log(describe(await makeLabCertificate(resolve(values.data), names, Date.now())).join('\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
