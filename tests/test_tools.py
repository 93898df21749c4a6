"""The build runs again exactly what is stale, and accepts only the files that it was tested with."""

import copy
import io
import os
import subprocess
import tarfile
from types import SimpleNamespace

import nbformat
import pytest

import coursebook
import vendor


@pytest.fixture
def project(tmp_path):
    (tmp_path / "jaclib" / "data").mkdir(parents=True)
    (tmp_path / "jaclib" / "engine.py").write_text("x = 1\n")
    (tmp_path / "jaclib" / "data" / "digits.npz").write_bytes(b"\0\1")
    (tmp_path / "requirements.txt").write_text("numpy==2.4.6\n")
    return tmp_path


@pytest.fixture
def notebook():
    v4 = nbformat.v4
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Title"), v4.new_code_cell("print(1)")])


@pytest.mark.parametrize("name", ["jaclib/engine.py", "jaclib/data/digits.npz", "requirements.txt", "jaclib/new.py"])
def test_a_changed_source_makes_outputs_stale(project, notebook, name):
    before = coursebook.fingerprint(notebook, project)
    (project / name).write_bytes(b"changed")
    assert coursebook.fingerprint(notebook, project) != before


def test_changed_code_makes_outputs_stale_and_prose_does_not(project, notebook):
    before = coursebook.fingerprint(notebook, project)
    prose, code = copy.deepcopy(notebook), copy.deepcopy(notebook)
    prose.cells[0].source = "# Another title"
    code.cells[1].source = "print(2)"
    assert coursebook.fingerprint(prose, project) == before
    assert coursebook.fingerprint(code, project) != before


def test_compiled_files_do_not_make_outputs_stale(project, notebook):
    before = coursebook.fingerprint(notebook, project)
    (project / "jaclib" / "__pycache__").mkdir()
    (project / "jaclib" / "__pycache__" / "engine.pyc").write_bytes(b"compiled")
    assert coursebook.fingerprint(notebook, project) == before


def test_a_changed_style_or_extra_file_makes_every_page_stale(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "extra").mkdir()
    style = tmp_path / "static" / "course.css"
    style.write_text("a {}")
    app = SimpleNamespace(
        srcdir=tmp_path, config=SimpleNamespace(html_static_path=["static"], html_extra_path=["extra"])
    )
    env = SimpleNamespace(found_docs={"intro", "chapter"})

    def stale():
        return coursebook.outdated_by_assets(app, env, set(), set(), set())

    assert stale() == env.found_docs
    assert stale() == set()
    os.utime(style, ns=(0, 0))
    assert stale() == env.found_docs
    (tmp_path / "extra" / "index.html").write_text("<p>")
    assert stale() == env.found_docs
    assert stale() == set()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The scale is |det J|.", r"The scale is \|det J\|."),
        ("|x| + |y|", r"\|x\| + \|y\|"),
        ("Write ``|x|`` for it.", "Write ``|x|`` for it."),
        (":math:`|x|`", ":math:`|x|`"),
        (">>> print('|x|')", ">>> print('|x|')"),
    ],
)
def test_absolute_values_in_docstrings_are_kept(line, expected):
    lines = [line]
    coursebook.keep_absolute_values(None, "function", "f", None, None, lines)
    assert lines == [expected]


def tarball(content):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("package/keep.js", "package/other.js"):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def npm(monkeypatch, tmp_path):
    """Return the list of calls to a stand-in for npm, which packs the same file each time."""
    calls = []

    def run(command, **options):
        calls.append(command)
        (vendor.CACHE / "fresh" / "thing-1.0.0.tgz").write_bytes(tarball(b"script"))

    monkeypatch.setattr(vendor, "ROOT", tmp_path)
    monkeypatch.setattr(vendor, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(vendor, "command", lambda name: [name])
    monkeypatch.setattr(subprocess, "run", run)
    return calls


def package(sha512):
    return {"name": "thing", "version": "1.0.0", "sha512": sha512, "to": "thing", "keep": ["keep.js"]}


def test_a_download_with_another_digest_is_refused(npm, tmp_path):
    with pytest.raises(SystemExit, match="not the file that this project was tested with"):
        vendor.unpack(package("0" * 86 + "=="), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_verified_download_is_unpacked_in_part_and_cached(npm, tmp_path):
    made = tmp_path / "made.tgz"
    made.write_bytes(tarball(b"script"))
    wanted = package(vendor._sha512(made))
    for name in ("first", "second"):
        vendor.unpack(wanted, tmp_path / name)
        found = [path.name for path in (tmp_path / name).rglob("*") if path.is_file()]
        assert found == ["keep.js"]
    assert len(npm) == 1


def test_a_pattern_that_matches_nothing_is_an_error(npm, tmp_path):
    made = tmp_path / "made.tgz"
    made.write_bytes(tarball(b"script"))
    wanted = package(vendor._sha512(made)) | {"keep": ["keep.js", "gone/*.js"]}
    with pytest.raises(SystemExit, match=r"nothing in the package matches \['gone/\*\.js'\]"):
        vendor.unpack(wanted, tmp_path / "out")
