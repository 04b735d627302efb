import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors/index.ts';
import type { Ctx } from '../context.ts';
import { FileModel, type StoredFile } from './file.model.ts';

/** Types that may be stored, and how their content begins. */
const MAGIC: Record<string, readonly number[]> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'application/pdf': [0x25, 0x50, 0x44, 0x46],
};

/** The type a file's first bytes show; undefined for anything that may not be stored. */
export function sniffType(bytes: Uint8Array): string | undefined {
  return Object.entries(MAGIC).find(([, magic]) => magic.every((byte, i) => bytes[i] === byte))?.[0];
}

/**
 * Stores a file and returns its id.
 * @throws AppError platform.invalid-body when the content is not PNG, JPEG or PDF
 */
export async function storeFile(
  ctx: Ctx,
  file: { name: string; bytes: Buffer; owner: string },
): Promise<{ fileId: string; digest: string; type: string }> {
  const type = sniffType(file.bytes);
  if (type === undefined) {
    throw new AppError('platform.invalid-body', { field: 'file', params: { detail: 'PNG / JPEG / PDF' } });
  }
  const digest = createHash('sha256').update(file.bytes).digest('hex');
  const fileId = ctx.random.id('fil');
  await FileModel.create({ _id: fileId, ...file, type, digest, createdAt: ctx.clock.now() });
  return { fileId, digest, type };
}

/** Reads a stored file. @throws AppError platform.not-found */
export async function readFile(fileId: string): Promise<StoredFile> {
  const file = await FileModel.findById(fileId).lean<StoredFile>();
  if (file === null) throw new AppError('platform.not-found');
  // The driver gives BSON binary; the rest of the product knows Node buffers.
  const bytes = file.bytes as unknown as { buffer: Uint8Array };
  return { ...file, bytes: Buffer.isBuffer(file.bytes) ? file.bytes : Buffer.from(bytes.buffer) };
}
