"""The picture of the reader's engine on a page: narrow and wide, light and dark."""

import pytest
from live_pages import PAGE, bare_page
from page_checks import axe_violations, too_wide

from helpers.engine import mine, storage
from helpers.engine.part import PARTS

pytest_plugins = ["browser_fixtures"]
pytestmark = pytest.mark.browser
COVERED = """boxes => {
  const places = boxes.map(box => box.getBoundingClientRect());
  return places.filter((a, i) => places.some((b, k) => k > i && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
}"""


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_box_covers_another_and_all_can_be_read(browser, tmp_path, monkeypatch, width, scheme):
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "my_gradient.py"))
    for name in [*PARTS][:7]:
        storage.keep(name, PARTS[name].own)
    html = PAGE.format(mine.picture()._repr_mimebundle_()["text/html"])
    with bare_page(browser, html, width=width, color_scheme=scheme) as page:
        boxes = page.locator(".ftg-parts li")
        assert boxes.count() == 20 and boxes.evaluate_all(COVERED) == 0
        assert too_wide(page) == []
        assert axe_violations(page) == []


def test_the_download_is_the_file_and_another_place_goes_on_with_it(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(storage, "_memory", {})
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "here.py"))
    storage.keep("score", PARTS["score"].own)
    with bare_page(browser, PAGE.format(mine.download().html)) as page:
        with page.expect_download() as saved:
            page.get_by_role("link").click()
        assert saved.value.suggested_filename == storage.NAME
        saved.value.save_as(tmp_path / "there" / storage.NAME)
    assert (tmp_path / "there" / storage.NAME).read_bytes() == (tmp_path / "here.py").read_bytes()
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "there" / storage.NAME))
    assert [*storage.kept()] == ["score"]
