import { defineModel } from '../model.ts';

/** A stored file of at most a few MB: photo, material, signed PDF. */
export interface StoredFile {
  _id: string;
  name: string;
  /** MIME type, checked against the content when stored. */
  type: string;
  bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  digest: string;
  createdAt: number;
  /** Whom it belongs to: `candidate:…`, `defence:…`. */
  owner: string;
}

export const FileModel = defineModel<StoredFile>(
  'StoredFile',
  'files',
  {
    name: { type: String, required: true },
    type: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    digest: { type: String, required: true },
    createdAt: { type: Number, required: true },
    owner: { type: String, required: true },
  },
  { indexes: [[{ owner: 1 }]] },
);
