/**
 * The files of Python packages in the page: a parcel brings bytecode and data as one download (tools/runtime_parcels.py
 * describes it), and lists the files that stay on the server until Python reads them.
 */

const EIO = 29; // "I/O error" of WASI

/** Undo gzip; the browser does it beside everything else. */
export async function unzip(buffer) {
  const plain = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/** Read a file of the server now, because Python waits for it: only workers may. */
export function readNow(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? new Uint8Array(request.response) : null;
}

export class Files {
  #archives = new Map();

  /**
   * @param {string} base absolute address of /pyodide/
   * @param {(archive: Uint8Array, options: object) => Record<string, Uint8Array>} unpack unzipSync of fflate
   */
  constructor(base, unpack) {
    this.base = base;
    this.unpack = unpack;
  }

  /** Put a parcel's files into Python's file system, without a copy, and the lazy ones as promises. */
  mount(FS, data) {
    const start = 4 + new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    const { files, lazy } = JSON.parse(new TextDecoder().decode(data.subarray(4, start)));
    const folders = new Set();
    const folderOf = (path) => {
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (!folders.has(folder)) FS.mkdirTree(folder);
      folders.add(folder);
      return folder;
    };
    let at = start;
    for (const [path, size] of files) {
      folderOf(path);
      FS.writeFile(path, data.subarray(at, (at += size)), { canOwn: true });
    }
    for (const [archive, home, members] of lazy) {
      for (const [member, size] of members) {
        const path = `${home}/${member}`;
        const node = FS.createFile(folderOf(path), path.slice(path.lastIndexOf("/") + 1), {}, true, true);
        this.#promise(node, size, () => {
          const found = this.#read(archive, member);
          if (!found) throw new FS.ErrnoError(EIO); // offline: Python gets an OSError, and a traceback no source
          return found;
        });
      }
    }
  }

  /** Let a file of the file system get its bytes when they are first read; its size is known before. */
  #promise(node, size, read) {
    const settle = (value) => Object.defineProperty(node, "contents", { value, writable: true });
    node.usedBytes = size;
    Object.defineProperty(node, "contents", {
      configurable: true,
      get: () => {
        const found = read();
        settle(found);
        return found;
      },
      set: settle,
    });
  }

  #read(archive, member) {
    if (!this.#archives.has(archive)) {
      const data = readNow(this.base + archive);
      if (!data) return null;
      this.#archives.set(archive, data);
    }
    return this.unpack(this.#archives.get(archive), { filter: ({ name }) => name === member })[member] ?? null;
  }
}
