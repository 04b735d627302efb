import { InboxOutlined } from '@ant-design/icons';
import { Upload } from 'antd';
import { useText } from '../../lib/language.tsx';
import { commonMessages } from './messages.ts';

/** A chosen file, read; `fault` when it is not JSON. */
export interface JsonFile {
  name: string;
  content?: unknown;
  fault?: string;
}

async function readJson(file: File): Promise<JsonFile> {
  try {
    return { name: file.name, content: JSON.parse(await file.text()) as unknown };
  } catch (error) {
    return { name: file.name, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** Takes JSON files by drop or choice, reads them here and hands them over together. Nothing is sent. */
export function JsonDrop({ hint, onFiles }: { hint: string; onFiles(files: JsonFile[]): void }) {
  const text = useText(commonMessages);
  return (
    <Upload.Dragger
      accept=".json,application/json"
      multiple
      showUploadList={false}
      beforeUpload={(file, all) => {
        // Called once for each of the files chosen together: the first call takes them all.
        if (file === all[0]) void Promise.all(all.map(readJson)).then(onFiles);
        return false;
      }}
    >
      <p className="drop-icon" aria-hidden="true">
        <InboxOutlined />
      </p>
      <p>{text('dropFiles')}</p>
      <p className="muted">{hint}</p>
    </Upload.Dragger>
  );
}
