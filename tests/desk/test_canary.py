"""A protected source is planted; then everything that the desk keeps, says, sends and saves is searched for it."""

from __future__ import annotations

import io
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.desk.cast import CAST, close_all, token

NAME = "أبو قنديل الزعفراني"
PHONE = "0999-777-31337"
TEXT = """قصف على مدينة جاسم

شبكة السهل (خبر مختلق)، 9 آب 2021

قصفت الفرقة الرابعة مدينة جاسم صباح اليوم بالمدفعية وأصيب ثلاثة مدنيين. ونقلت الشبكة عن مصدر طبي فضّل عدم الكشف عن اسمه أن بين الجرحى طفلين.
"""


@pytest.fixture
def planted(south: Path, as_: Any, caplog: pytest.LogCaptureFixture) -> str:
    """Karim brings a report and says in confidence who gave it; returns the report's id."""
    from rasid.desk.core.models import Identity

    caplog.set_level(logging.DEBUG)
    form = {"text": TEXT, "published": "2021-08-09", "publisher": "شبكة السهل", "source": f"{NAME}، {PHONE}"}
    assert as_("karim").post("/ar/inbox/paste/", form).status_code == 302
    return str(Identity.objects.get().report)


def needles() -> list[bytes]:
    words = [NAME, PHONE, "الزعفراني", "قنديل"]
    return [w.encode(e) for w in words for e in ("utf-8", "utf-16-le")] + [
        w.encode("unicode_escape") for w in words[:1]
    ]


def holds(data: bytes) -> list[bytes]:
    return [n for n in needles() if n in data]


def test_the_source_is_nowhere_in_clear(
    planted: str, south: Path, as_: Any, policy_set: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from rasid.desk.shelf import book

    policy_set(export_needs_approval=False, two_person=False)
    incident = next(i for i in book().incidents() if any(c.report == planted for c in book().claims(i.id)))
    as_("badr").post(f"/ar/i/{incident.id}/propose/", {"note": "x"})
    from rasid.desk.review.models import Proposal

    as_("badr").post(f"/ar/proposal/{Proposal.objects.get().pk}/", {"approve": "1"})
    as_("badr").post("/ar/bulletins/build/", {"title": "نشرة", "start": "2021-08-01", "end": "2021-08-10"})
    pages = [
        "desk/", "inbox/", "queue/?show=all", f"report/{planted}/", "incidents/", f"i/{incident.id}/", "incidents.json", "ledger/", "map/", "log/", "search/?q=جاسم",
        "public/", "public/incidents/", f"public/incidents/{incident.id}/", "public/feeds/incidents.rss", "public/feeds/incidents.atom", "public/feeds/bulletins.rss", "public/feeds/corrections.rss",
    ]  # fmt: skip
    for who in (*CAST, "public"):
        for path in pages:
            answer = as_(who).get(f"/ar/{path}")
            assert not holds(answer.content), (who, path)
        # the page repeats what was asked; it must find nothing
        assert 'class="item"' not in as_(who).get(f"/ar/search/?q={NAME}").content.decode()
    for suffix in ("csv", "xlsx", "geojson"):
        body = b"".join(as_("badr").get(f"/ar/incidents.{suffix}").streaming_content)
        assert not holds(body), suffix
    door = {"Authorization": f"Bearer {token('badr', 'read:reports', 'read:incidents')}"}
    for path in ("reports", f"reports/{planted}", "incidents", f"incidents/{incident.id}/claims"):
        assert not holds(as_("public").get(f"/api/{path}", headers=door).content), path
    saved = book().backup(south / "backup")
    assert not any(holds(e.hash.encode() + str(e.detail).encode() + e.subject.encode()) for e in book().log())
    assert not holds(caplog.text.encode())
    close_all()
    files = [p for p in south.rglob("*") if p.is_file()]
    assert any(p.name == "book.sqlite" for p in files)
    assert Path(saved).exists()
    for path in files:
        data = path.read_bytes()
        assert not holds(data), path
        if path.suffix == ".zip":
            import zipfile

            with zipfile.ZipFile(io.BytesIO(data)) as z:
                assert not any(holds(z.read(n)) for n in z.namelist())


def test_who_needs_to_know_can_know_and_leaves_a_trace(planted: str, as_: Any) -> None:
    from rasid.desk.core.models import Identity, User
    from rasid.desk.shelf import book

    code = Identity.objects.get().code
    ask = {"reason": "تحقّق ثانٍ قبل النشر"}
    for who in CAST:
        assert as_(who).post(f"/ar/source/{code}/", ask).status_code == 404, "a role alone is not enough"
    User.objects.filter(username="badr").update(needs_sources=True)
    assert NAME in as_("badr").post(f"/ar/source/{code}/", ask).content.decode()
    entry = [e for e in book().log() if e.action == "source.opened"][-1]
    assert entry.detail["code"] == code
    assert entry.detail["reason"] == ask["reason"]
    User.objects.filter(username="karim").update(needs_sources=True)
    assert as_("karim").post(f"/ar/source/{code}/", ask).status_code == 404, "and a grant alone is not either"


def test_the_unnamed_source_of_the_text_keeps_its_kind_only(planted: str) -> None:
    from rasid.desk.shelf import book

    told = [s for c in book().report(planted).claims for s in c.sources if s.anonymous]
    assert all("اسمه" not in s.text for s in told)
    assert date(2021, 8, 9) == book().report(planted).row.published
