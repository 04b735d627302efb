import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { LabCertificate } from './folder.ts';

/** What the person who made the certificate does next, in Chinese and English. */
export function describe({ folder, names, authority, server, reused }: LabCertificate): string[] {
  const ca = new X509Certificate(authority);
  const crt = join(folder, 'ca.crt');
  const called = [...names.hosts, ...names.addresses].join(', ');
  const day = (text: string): string => new Date(text).toISOString().slice(0, 10);
  return [
    '',
    `  ${folder}`,
    `    server.crt, server.key   ${called}`,
    `                             有效至 valid until ${day(new X509Certificate(server).validTo)}`,
    `    ca.crt                   ${ca.subject.replaceAll('\n', ', ')}, 有效至 valid until ${day(ca.validTo)}`,
    `                             SHA-256 ${ca.fingerprint256}`,
    '    ca.key                   签发用，请妥善保管，不要拷到考生电脑  signs; keep it safe, never on a lab computer',
    '',
    '  启动 Start (again)         HTTPS=1 npm start',
    '',
    ...(reused ? REUSED : trust(crt)),
    '',
  ];
}

const REUSED = [
  '  沿用已有的机房根证书，已信任它的电脑无需再做任何操作。',
  '  The lab CA was there already: computers that trust it need nothing more.',
];

const trust = (crt: string): string[] => [
  '  让机房电脑信任 ca.crt（每台只需一次；先核对上面的 SHA-256）',
  '  Make the lab computers trust ca.crt (once each; compare the SHA-256 above first)',
  '',
  '  · Windows 单机，管理员命令行  one computer, as administrator:',
  '      certutil -addstore -f Root ca.crt',
  '  · Windows 域，组策略  a domain, by group policy:',
  '      计算机配置 → 策略 → Windows 设置 → 安全设置 → 公钥策略 → 受信任的根证书颁发机构 → 导入 ca.crt',
  '      Computer Configuration → Policies → Windows Settings → Security Settings → Public Key Policies',
  '        → Trusted Root Certification Authorities → Import ca.crt',
  '    Chrome 与 Edge 使用 Windows 的信任列表；Firefox 需将 security.enterprise_roots.enabled 设为 true。',
  '    Chrome and Edge use the list of Windows; Firefox needs security.enterprise_roots.enabled = true.',
  '  · Linux (Debian, UOS, Kylin):',
  `      sudo cp ${crt} /usr/local/share/ca-certificates/kaochang-lab.crt && sudo update-ca-certificates`,
  '  · Chrome, Linux（每个用户 each user; libnss3-tools）:',
  `      certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n "Kaochang lab" -i ${crt}`,
  '    或 or: chrome://certificate-manager → 本地证书 Local certificates → 导入 Import',
];
