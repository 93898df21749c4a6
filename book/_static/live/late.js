/**
 * The parcels that a start does without: SymPy and Matplotlib come in the background, while Python starts and runs its
 * first cell. Whoever knows that code imports them waits with `arrive`, which shows how far they are. Whatever else
 * imports them, however deep inside a library, finds them all the same: their files are put in place at that moment,
 * and if they have not come yet, Python waits for them there.
 */
import { readNow, unzip } from "./parcels.js";

/** Asked right after the finder of files; any later one only says that a package is missing. */
const FINDER = `
import importlib
import sys
from importlib.machinery import PathFinder
from importlib.metadata import MetadataPathFinder

class LateFinder:
    def __init__(self, names, distributions, bring):
        self.names, self.distributions, self.bring = frozenset(names), frozenset(distributions), bring

    def find_spec(self, name, path=None, target=None):
        try:
            if name not in self.names or not self.bring(name):
                return None
        except Exception as error:
            raise ImportError(str(error).removeprefix("Error: "), name=name) from None
        importlib.invalidate_caches()
        return PathFinder.find_spec(name, path, target)

    def find_distributions(self, context):
        if context.name not in self.distributions or not self.bring(context.name):
            return iter(())
        importlib.invalidate_caches()
        return MetadataPathFinder.find_distributions(context)

    def invalidate_caches(self):
        pass

lambda names, distributions, bring: sys.meta_path.insert(
    sys.meta_path.index(PathFinder) + 1, LateFinder(names, distributions, bring)
)
`;
const MESSAGE = "Loading SymPy and Matplotlib";
const IMPORTS_ANY = "jaclib"; // what of it needs which package is for Python to find out

export class Late {
  #arriving = new Map(); // parcel -> promise of its files
  #here = new Map(); // parcel -> its files, until they are in place
  #inPlace = new Set();
  #parcelOf = new Map(); // package, or module that it brings -> parcel
  #show = null;

  /**
   * @param {Record<string, {name: string, size: number, sha256: string, packages: string[]}>} parcels
   * @param {Record<string, {imports: string[]}>} known packages of the lock
   * @param {object} downloads of their own, since a start does not end with their failure
   */
  constructor(parcels, known, downloads) {
    this.parcels = parcels;
    this.downloads = downloads;
    downloads.onProgress = (progress) => this.#show?.(progress);
    for (const [parcel, { packages }] of Object.entries(parcels)) {
      for (const name of packages) {
        for (const one of [name, ...known[name].imports]) this.#parcelOf.set(one, parcel);
      }
    }
  }

  /** Begin to download everything; what fails is tried again by whoever needs it. */
  begin() {
    Object.keys(this.parcels).forEach((parcel) => this.#come(parcel).catch(() => {}));
  }

  #come(parcel) {
    if (!this.#arriving.has(parcel)) {
      const { name, size, sha256 } = this.parcels[parcel];
      this.downloads.expect(size, MESSAGE);
      const coming = this.downloads
        .file(name, sha256)
        .then(unzip)
        .then((data) => this.#inPlace.has(parcel) || this.#here.set(parcel, data));
      this.#arriving.set(parcel, coming);
      coming.catch(() => {
        this.#arriving.delete(parcel);
        this.downloads.expect(-size, MESSAGE);
      });
    }
    return this.#arriving.get(parcel);
  }

  /** Wait for what code with these imports needs. */
  async arrive(imported, onProgress) {
    const all = imported.includes(IMPORTS_ANY);
    const parcels = Object.keys(this.parcels).filter(
      (parcel) => !this.#inPlace.has(parcel) && (all || imported.some((name) => this.#parcelOf.get(name) === parcel)),
    );
    if (parcels.every((parcel) => this.#here.has(parcel))) return;
    this.#show = onProgress;
    try {
      const coming = parcels.map((parcel) => this.#come(parcel));
      this.downloads.count(0);
      await Promise.all(coming);
      onProgress({ loaded: this.downloads.total, total: this.downloads.total, message: MESSAGE });
    } finally {
      this.#show = null;
    }
  }

  /** Let Python find what is late, through `mount`, which puts files in place. */
  connect(python, mount, gunzip) {
    const bring = (name) => {
      const parcel = this.#parcelOf.get(name);
      if (this.#inPlace.has(parcel)) return false; // Python has looked among the files already
      mount(this.#here.get(parcel) ?? this.#read(python, this.parcels[parcel], gunzip));
      this.#here.delete(parcel);
      this.#inPlace.add(parcel);
      return true;
    };
    const names = [...this.#parcelOf.keys()];
    python.runPython(FINDER)(names, names, bring);
  }

  /** The files of a parcel at once, because an import waits for them. */
  #read(python, { name, sha256 }, gunzip) {
    const packed = readNow(this.downloads.base + name);
    if (!packed) throw new Error(`${name} could not be loaded. Is this device online?`);
    if (python.pyimport("hashlib").sha256(python.toPy(packed)).hexdigest() !== sha256) {
      throw new Error(`${name} is not the file that this site expects (its digest differs).`);
    }
    return gunzip(packed);
  }
}
