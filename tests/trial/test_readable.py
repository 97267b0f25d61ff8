"""What code under trial may read: packages wherever they are, and nothing else beside them."""

from __future__ import annotations

from nbcodegen.boundary import readable


def test_packages_outside_pythons_own_folders_can_be_read_and_data_beside_them_cannot(
    tmp_path, monkeypatch
):
    for name in ("charts", "data"):
        (tmp_path / name).mkdir()
    (tmp_path / "charts" / "__init__.py").touch()
    (tmp_path / "data" / "salaries.csv").write_text("name,salary\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(readable, "PACKAGES", ("charts", "data", "missing"))
    found = readable.readable.__wrapped__()
    assert str(tmp_path / "charts") in found
    assert not {str(tmp_path), str(tmp_path / "data")} & set(found)
