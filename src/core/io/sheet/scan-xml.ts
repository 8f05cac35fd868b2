// A streaming scanner of XML as spreadsheets write it: elements, attributes, text, CDATA. Only the five named entities and
// character numbers are known; a document type is skipped and never expanded, so no entity can multiply. Linear in its input.
export interface XmlSink {
  /** `name` without its prefix; `attribute` looks one up by its local name. */
  open(name: string, attribute: (name: string) => string | null): void;
  close(name: string): void;
  text(text: string): void;
}

const LONGEST = 8 * 1024 ** 2;
const DEEPEST = 256;

/** Takes text piece by piece; `end` throws when an element is left open. */
export function makeXmlScanner(sink: XmlSink): { push(text: string): void; end(): void } {
  let rest = '';
  const open: string[] = [];
  const scan = (isLast: boolean): void => {
    let at = 0;
    for (;;) {
      const mark = rest.indexOf('<', at);
      if (mark < 0) {
        if (isLast && at < rest.length) sink.text(decodeEntities(rest.slice(at)));
        if (isLast) at = rest.length;
        break;
      }
      const tail = closingOf(rest, mark);
      const end = tail === null ? -1 : rest.indexOf(tail, mark + (tail === '>' ? 1 : 2));
      if (tail === null || end < 0) {
        if (isLast) throw new Error('its XML is cut within a tag');
        break;
      }
      if (mark > at) sink.text(decodeEntities(rest.slice(at, mark)));
      at = end + tail.length;
      if (tail === ']]>') sink.text(rest.slice(mark + 9, end));
      else if (tail === '>') element(rest.slice(mark + 1, end));
    }
    rest = rest.slice(at);
    if (rest.length > LONGEST) throw new Error('a piece of its XML is too long');
  };
  const element = (inner: string): void => {
    if (inner[0] === '!') return;
    if (inner[0] === '/') {
      const name = localName(inner.slice(1).trim());
      if (open.pop() !== name) throw new Error(`its XML closes "${name.slice(0, 40)}" where it is not open`);
      sink.close(name);
      return;
    }
    const isEmpty = inner.endsWith('/');
    const body = isEmpty ? inner.slice(0, -1) : inner;
    const space = body.search(/\s/);
    const name = localName(space < 0 ? body : body.slice(0, space));
    let found: Map<string, string> | null = null;
    sink.open(name, (wanted) => (found ??= attributesOf(space < 0 ? '' : body.slice(space))).get(wanted) ?? null);
    if (isEmpty) sink.close(name);
    else if (open.push(name) > DEEPEST) throw new Error('its XML is too deep');
  };
  return {
    push(text) {
      rest += text;
      scan(false);
    },
    end() {
      scan(true);
      if (open.length) throw new Error(`its XML ends within "${open[open.length - 1].slice(0, 40)}"`);
    },
  };
}

/** How the markup at `mark` ends; null when too little of it is there to tell. */
function closingOf(text: string, mark: number): string | null {
  if (text[mark + 1] === '?') return '?>';
  if (text[mark + 1] !== '!') return mark + 1 < text.length ? '>' : null;
  if (text.startsWith('<!--', mark)) return '-->';
  if (text.startsWith('<![CDATA[', mark)) return ']]>';
  return text.length - mark < 9 ? null : '>';
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributesOf(text: string): Map<string, string> {
  const out = new Map<string, string>();
  for (let at = 0; ; ) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return out;
    const name = localName(text.slice(at, equals).trim());
    let start = equals + 1;
    while (start < text.length && /\s/.test(text[start])) start++;
    const quote = text[start];
    if (quote !== '"' && quote !== "'") return out;
    const end = text.indexOf(quote, start + 1);
    if (end < 0) return out;
    if (!out.has(name)) out.set(name, decodeEntities(text.slice(start + 1, end)));
    at = end + 1;
  }
}

const NAMED: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (name[0] !== '#') return Object.hasOwn(NAMED, name) ? NAMED[name] : whole;
    const code = name[1] === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** Feeds bytes in UTF-8 or UTF-16 to a sink. */
export async function scanXml(chunks: AsyncIterable<Uint8Array>, sink: XmlSink, onChunk: () => Promise<void> = async () => {}): Promise<void> {
  const scanner = makeXmlScanner(sink);
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8');
    for (let at = 0; at < chunk.length; at += 1 << 18) scanner.push(decoder.decode(chunk.subarray(at, at + (1 << 18)), { stream: true }));
    await onChunk();
  }
  scanner.end();
}
