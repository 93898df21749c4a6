"""The build runs again exactly what is stale, and accepts only the files that it was tested with."""

import copy
import io
import os
import subprocess
import sys
import tarfile
import zlib
from types import SimpleNamespace

import nbformat
import pytest

import assets
import beside
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


@pytest.fixture
def site(tmp_path):
    """Return a stand-in for Sphinx, whose site has one page, which names a style; its builder copies the style."""
    for folder in ("static", "extra", "out/_static", "out/book"):
        (tmp_path / folder).mkdir(parents=True)
    style, copied = tmp_path / "static" / "course.css", tmp_path / "out" / "_static" / "course.css"
    style.write_text("a {}\n")
    link = f'<link href="../_static/course.css?v={zlib.crc32(style.read_bytes()):08x}">'
    (tmp_path / "out/book/page.html").write_text(f'{link}<script src="../_static/theme.js?v=01234567"></script>')
    builder = SimpleNamespace(
        format="html",
        prepare_writing=lambda names: None,
        copy_static_files=lambda: copied.write_bytes(style.read_bytes()),
        copy_extra_files=lambda: copied.with_name("extra").touch(),
    )
    config = SimpleNamespace(html_static_path=["static", str(tmp_path / "drawn")], html_extra_path=["extra"])
    return SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "out", config=config, builder=builder)


def test_a_changed_style_is_copied_and_pages_name_its_content(site):
    style, copied, page = (
        site.srcdir / path for path in ("static/course.css", "out/_static/course.css", "out/book/page.html")
    )
    assets.copy_changed(site, None)
    before = page.read_text()
    style.write_text("a { color: red }\n")
    assets.copy_changed(site, None)
    assert copied.read_bytes() == style.read_bytes()
    assert f"course.css?v={zlib.crc32(style.read_bytes()):08x}" in page.read_text()
    assert "theme.js?v=01234567" in page.read_text()  # is not there
    style.write_text("a {}\n")
    assets.copy_changed(site, None)
    assert page.read_text() == before


def test_what_is_copied_is_known_by_content(site):
    (site.srcdir / "drawn").mkdir()
    before = assets.digest(site)
    os.utime(site.srcdir / "static/course.css", ns=(0, 0))
    assert assets.digest(site) == before
    (site.srcdir / "extra" / "index.html").write_text("<p>")
    added = assets.digest(site)
    assert added != before
    (site.srcdir / "extra" / "index.html").write_text("<b>")
    assert assets.digest(site) != added


def test_nothing_is_copied_after_a_build_that_failed_or_again(site):
    copied = site.outdir / "_static" / "course.css"
    assets.copy_changed(site, RuntimeError())
    assert not copied.exists()
    assets.copy_changed(site, None)
    copied.unlink()
    assets.copy_changed(site, None)
    assert not copied.exists()


def test_checksums_are_those_of_sphinx(tmp_path):
    from sphinx.builders.html._assets import _file_checksum

    for data in (b"a {}\r\n", b"", b"\r"):
        (tmp_path / "x.css").write_bytes(data)
        assert (assets.checksum(tmp_path / "x.css") or "") == _file_checksum(tmp_path, "x.css")
    assert assets.checksum(tmp_path / "none.css") is None


def test_a_changed_tool_makes_every_page_stale(tmp_path, monkeypatch):
    tool, apart = tmp_path / "maker.py", tmp_path / "lite.py"
    monkeypatch.setattr(coursebook, "__file__", str(tmp_path / "coursebook.py"))
    (tmp_path / "coursebook.py").touch()
    for path in (tool, apart):
        path.touch()
        monkeypatch.setitem(sys.modules, path.stem, SimpleNamespace(__file__=str(path)))
    env = SimpleNamespace(found_docs={"intro", "chapter"})

    def stale():
        return coursebook.outdated_by_tools(None, env, set(), set(), set())

    assert stale() == env.found_docs
    assert stale() == set()
    os.utime(tool, ns=(0, 0))
    apart.write_text("1")
    assert stale() == set()
    tool.write_text("1")
    assert stale() == env.found_docs


def test_notebooks_are_read_after_the_other_pages_from_the_end_of_the_book():
    names = ["book/01", "book/api", "book/gallery", "book/intro"]
    app = SimpleNamespace(config=SimpleNamespace(external_site_map=["book/intro", "book/01", "book/gallery"]))
    env = SimpleNamespace(doc2path=lambda name: name + (".md" if name in ("book/api", "book/intro") else ".ipynb"))
    coursebook.notebooks_last(app, env, names)
    assert names == ["book/api", "book/intro", "book/gallery", "book/01"]


def test_a_stale_notebook_is_run_beside_sphinx_and_its_page_is_out_of_date_at_once(tmp_path, notebook, monkeypatch):
    (tmp_path / "book").mkdir()
    (tmp_path / "requirements.txt").touch()
    source, copy = tmp_path / "book/one.ipynb", tmp_path / "_build/executed/book/one.ipynb"
    nbformat.write(notebook, source)
    config = SimpleNamespace(external_site_map={"book/one": None, "book/page": None})
    jobs = beside.Jobs()
    app = SimpleNamespace(srcdir=tmp_path, outdir=tmp_path / "_build/html", config=config, course_jobs=jobs)

    def begun():
        names = []
        monkeypatch.setattr(jobs, "begin", lambda name, function, *given: names.append((function, given)))
        coursebook.execute_stale(app)
        return names

    [(function, given)] = begun()
    function(*given)
    assert nbformat.read(copy, 4).cells[1].outputs[0].text == "1\n"
    assert begun() == []
    notebook.cells[1].source = "print(2)"
    nbformat.write(notebook, source)
    assert [given[0] for _, given in begun()] == [source]
    assert not copy.exists()


def test_jobs_give_their_results_and_their_errors():
    jobs = beside.Jobs()
    assert jobs.result("not begun") is None
    jobs.begin("number", int, "7")
    jobs.begin("error", int, "seven")
    assert jobs.result("number") == 7
    with pytest.raises(ValueError, match="seven"):
        jobs.result("error")
    jobs.end()


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
