"""axe finds nothing serious on any page, in both languages, light and dark. axe-core comes with a test dependency."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest

AXE = files("axe_playwright_python") / "axe.min.js"


@pytest.mark.parametrize(
    ("lang", "dark", "width"),
    [("ar", False, 1280), ("en", True, 360), ("ar", True, 360), ("en", False, 1280)],
)
def test_axe_is_content(tab: Any, lang: str, dark: bool, width: int) -> None:
    t = tab("amal", lang=lang, dark=dark, width=width)
    first = t.go(f"/{lang}/incidents/").locator(".item .id").first.inner_text()
    report = t.go(f"/{lang}/queue/?show=all").locator(".item h3 a").first.get_attribute("href")
    pledge = t.go(f"/{lang}/ledger/").locator(".item h3 a").first.get_attribute("href")
    paths = [
        f"/{lang}/{p}"
        for p in (
            "desk/",
            "inbox/",
            "queue/",
            "incidents/",
            f"i/{first}/",
            "map/",
            "ledger/",
            "bulletins/",
            "exports/",
            "people/",
            "settings/",
            "log/",
            "account/",
            "public/",
            "public/incidents/",
            "public/corrections/",
        )
    ]
    found: list[str] = []
    for path in [*paths, report, pledge]:
        page = t.go(path)
        # the page's own policy forbids scripts of others; the test's own window may add one through the debugger
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        found += [
            f"{path}: {v['id']} ({v['impact']}): {v['nodes'][0]['html'][:120]} :: {v['nodes'][0].get('failureSummary', '')[:160]}"
            for v in result["violations"]
            if v["impact"] in ("serious", "critical", "moderate")
        ]
    assert not found, "\n".join(found)
