// What was dropped, as files: several, and those inside folders, in the order of their paths. Hidden files are left out.
export type Gathered = { name: string; file: File };
type Entry = { isFile: boolean; isDirectory: boolean; name: string; fullPath: string };
type FileEntry = Entry & { file(done: (file: File) => void, failed: (error: unknown) => void): void };
type FolderEntry = Entry & { createReader(): { readEntries(done: (entries: Entry[]) => void, failed: (error: unknown) => void): void } };
/** The part of DataTransfer that is read. Entries must be taken before the first await: the browser forgets them. */
export type Dropped = { items?: ArrayLike<{ kind: string; webkitGetAsEntry?(): Entry | null }> | null; files?: ArrayLike<File> | null };

const MOST = 10_000;
const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** At most 10,000 files. A browser without folder entries gives the files it lists. */
export async function gatherFiles(dropped: Dropped): Promise<Gathered[]> {
  const entries = Array.from(dropped.items ?? []).filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? null);
  const plain = Array.from(dropped.files ?? []);
  if (!entries.some((entry) => entry?.isDirectory)) return named(plain);
  const found: Gathered[] = [];
  const visit = async (entry: Entry): Promise<void> => {
    if (found.length >= MOST || isHidden(entry.fullPath)) return;
    if (entry.isFile) found.push({ name: entry.fullPath.replace(/^\//, ''), file: await new Promise<File>((done, failed) => (entry as FileEntry).file(done, failed)) });
    else if (entry.isDirectory) for (const inner of await entriesOf(entry as FolderEntry)) await visit(inner);
  };
  for (const entry of entries) if (entry !== null) await visit(entry);
  return inOrder(found);
}

/** The files of an input, folders by their relative path. */
export const named = (files: readonly File[]): Gathered[] => inOrder(files.map((file) => ({ name: file.webkitRelativePath || file.name, file })).filter(({ name }) => files.length === 1 || !isHidden(name))).slice(0, MOST);

/** Folders give their entries in portions, until an empty one. */
async function entriesOf(folder: FolderEntry): Promise<Entry[]> {
  const reader = folder.createReader();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0 || all.length >= MOST) return all;
    all.push(...some);
  }
}
/** part-2 before part-10. */
const inOrder = (files: readonly Gathered[]): Gathered[] => [...files].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
