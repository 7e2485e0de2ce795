import { Icon } from '../ui/Icon';

export interface OutputFile {
  readonly name: string;
  readonly url: string;
  /** Bytes, in digits; null when the file is gone. */
  readonly size?: string | null;
}

/** Files that a task run yielded, each a card that downloads it. */
export function Files({ files }: { files: readonly OutputFile[] }) {
  return files.map((file) => (
    <a key={file.url} className="output-file" href={file.url} download>
      <Icon name="save" size={14} />
      <span className="clip">{file.name}</span>
      <small className="faint number">{sizeOf(file.size)}</small>
    </a>
  ));
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

function sizeOf(bytes: string | null | undefined): string {
  if (bytes === null || bytes === undefined) return 'gone';
  let size = Number(bytes);
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}
