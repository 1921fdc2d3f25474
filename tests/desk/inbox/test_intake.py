"""Ways in: paste, files, addresses, feeds; duplicates told at once; work that survives a broken worker."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest
from tests.desk.cast import SHELLING

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("empty")

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>شبكة السهل (مختلقة)</title>
<item><title>قصف على نوى</title><link>http://outer.test/1</link><guid>n1</guid><pubDate>Sat, 07 Aug 2021 10:00:00 GMT</pubDate>
<description>قصفت الفرقة الرابعة مدينة نوى بالمدفعية، ما أسفر عن إصابة أربعة مدنيين بينهم طفل، وفق مصادر محلية في المدينة.</description></item>
</channel></rss>"""


def paste(as_: Client, who: str = "karim", **more: str) -> Any:
    return as_(who).post("/ar/inbox/paste/", {"text": SHELLING, "published": "2021-08-06", **more})


def test_pasted_text_is_kept_word_for_word_with_how_it_came(as_: Client) -> None:
    from rasid.desk.shelf import book

    rid = paste(as_, publisher="شبكة السهل", url="https://example.org/x")["Location"].split("/report/")[1].strip("/")
    held = book().report(rid)
    assert held.text.strip() == SHELLING.strip()
    assert held.row.publisher == "شبكة السهل"
    assert held.row.url == "https://example.org/x"
    capture = held.captures[0]
    assert capture.tool
    assert capture.sha256 == held.row.sha256
    assert book().original(str(held.row.sha256)).decode() == SHELLING
    assert "user:" in capture.collector


def test_the_same_text_again_is_told_at_once_and_not_added(as_: Client) -> None:
    from rasid.desk.shelf import book

    first = paste(as_)["Location"]
    again = paste(as_)
    assert again["Location"] == first
    assert "محفوظ من قبل" in as_("karim").get(first).content.decode()
    assert len(book().reports().rows) == 1


def test_nearly_the_same_text_is_kept_and_told(as_: Client) -> None:
    from rasid.desk.shelf import book

    paste(as_)
    long = SHELLING + "وقال سكان إن القصف تواصل ساعات، وإن فرق الإنقاذ وصلت متأخرة. " * 6
    as_("karim").post("/ar/inbox/paste/", {"text": long, "published": "2021-08-06"})
    changed = long.replace("متأخرة", "متأخرةً")
    answer = as_("karim").post("/ar/inbox/paste/", {"text": changed, "published": "2021-08-06"})
    assert len(book().reports().rows) == 3
    assert "مصدرًا واحدًا" in as_("karim").get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {"text": ""},
        {"text": "   \n "},
        {"text": "قصف", "url": "javascript:alert(1)"},
        {"text": "قصف", "published": "x"},
    ],
)
def test_a_form_that_cannot_be_used_says_so_and_keeps_what_was_typed(as_: Client, form: dict[str, str]) -> None:
    answer = as_("karim").post("/ar/inbox/paste/", form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("who", ["nour"])
def test_readers_bring_nothing(as_: Client, who: str) -> None:
    assert as_(who).get("/ar/inbox/").status_code == 404
    assert paste(as_, who).status_code == 404
    assert as_(who).get("/ar/inbox/jobs.json").status_code == 404


def test_files_of_several_kinds_go_through_the_queue(as_: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rasid.desk.inbox import services
    from rasid.desk.inbox.models import Job
    from rasid.desk.inbox.worker import work_off
    from rasid.desk.shelf import book

    line = json.dumps({"id": "a1", "text": SHELLING, "title": "قذائف", "published": "2021-08-06"}, ensure_ascii=False)
    page = f"<html><head><title>خبر</title></head><body><article><h1>قصف على نوى</h1><p>{SHELLING}</p></article></body></html>"
    files = [
        SimpleUploadedFile("a.jsonl", line.encode()),
        SimpleUploadedFile("p.html", page.encode()),
        SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + b"0" * 99),
    ]
    assert as_("karim").post("/ar/inbox/files/", {"files": files}).status_code == 302
    rows = as_("karim").get("/ar/inbox/jobs.json").json()
    assert rows["busy"]
    work_off()
    states = dict(Job.objects.filter(kind="file").values_list("payload__name", "state"))
    assert states == {"a.jsonl": "done", "p.html": "done", "x.png": "failed"}
    assert "image" in Job.objects.get(payload__name="x.png").says
    assert len(book().reports().rows) == 2
    assert not list(services.upload_folder().iterdir()), "uploads are taken away when they are read"
    assert not as_("karim").get("/ar/inbox/jobs.json").json()["busy"]


def test_people_see_their_own_work_and_editors_all(as_: Client) -> None:
    from rasid.desk.core.models import User
    from rasid.desk.inbox import services

    services.enqueue("url", User.objects.get(username="karim"), url="https://example.org/")
    assert len(as_("karim").get("/ar/inbox/jobs.json").json()["rows"]) == 1
    assert len(as_("rima").get("/ar/inbox/jobs.json").json()["rows"]) == 0
    assert len(as_("badr").get("/ar/inbox/jobs.json").json()["rows"]) == 1


class _Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers.get("If-None-Match", ""))
        if self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("ETag", '"v1"')
        self.end_headers()
        self.wfile.write(FEED.encode())

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def outer(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A site at http://outer.test that only this test's guard lets through."""
    from rasid.desk.inbox import fetching, tasks

    server = HTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(
        tasks,
        "fetch",
        lambda url, **how: fetching.fetch(
            url,
            **how,
            resolver=lambda h, p: ["127.0.0.1"],
            allowed=lambda a: True,
            ports=(server.server_port,),
        ),
    )
    _Site.asked.clear()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_feed_is_polled_kept_and_asked_only_for_what_is_new(as_: Client, outer: int) -> None:
    from django.utils import timezone

    from rasid.desk.inbox.models import Feed
    from rasid.desk.inbox.worker import due_feeds, work_off
    from rasid.desk.shelf import book

    assert (
        as_("karim").post("/ar/inbox/feeds/", {"url": f"http://outer.test:{outer}/feed", "minutes": "30"}).status_code
        == 404
    )
    assert (
        as_("rima").post("/ar/inbox/feeds/", {"url": f"http://outer.test:{outer}/feed", "minutes": "30"}).status_code
        == 302
    )
    due_feeds()
    work_off()
    row = next(iter(book().reports()))
    assert "نوى" in (row.title or "")
    feed = Feed.objects.get()
    assert feed.etag == '"v1"'
    assert feed.next_poll > timezone.now()
    due_feeds()
    assert work_off() == 0, "not before its time"
    Feed.objects.update(next_poll=timezone.now() - timedelta(seconds=1))
    due_feeds()
    assert work_off() == 1
    assert _Site.asked[-1] == '"v1"'
    assert len(book().reports().rows) == 1


def test_a_feed_that_fails_is_asked_less_often_and_says_why(as_: Client, outer: int) -> None:
    from django.utils import timezone

    from rasid.desk.inbox.models import Feed
    from rasid.desk.inbox.worker import due_feeds, work_off

    as_("rima").post("/ar/inbox/feeds/", {"url": f"http://outer.test:{outer}/broken", "minutes": "15"})
    waits = []
    for _ in range(3):
        Feed.objects.update(next_poll=timezone.now() - timedelta(seconds=1))
        due_feeds()
        work_off()
        waits.append(Feed.objects.get().next_poll - timezone.now())
    assert waits[0] < waits[1] < waits[2]
    assert "500" in Feed.objects.get().last_says


def test_a_fetched_page_keeps_where_it_came_from(as_: Client, outer: int) -> None:
    from rasid.desk.inbox.worker import work_off
    from rasid.desk.shelf import book

    as_("karim").post("/ar/inbox/address/", {"url": f"http://outer.test:{outer}/feed.xml"})
    work_off()
    row = next(iter(book().reports()))
    details = book().captures(row.id)[0].details
    assert "outer.test" in str(details) + str(book().captures(row.id)[0].url)


def test_a_job_whose_worker_died_is_taken_up_again_but_not_for_ever() -> None:
    from django.utils import timezone

    from rasid.desk.inbox import worker
    from rasid.desk.inbox.models import Job

    Job.objects.create(kind="never", state=Job.RUNNING, beat=timezone.now() - timedelta(hours=1), attempts=1)
    job = worker.take()
    assert job is not None
    assert job.attempts == 2
    Job.objects.update(beat=timezone.now() - timedelta(hours=1), attempts=3)
    assert worker.take() is None


def test_two_workers_never_take_the_same_job() -> None:
    from rasid.desk.inbox import worker
    from rasid.desk.inbox.models import Job

    Job.objects.create(kind="x")
    assert worker.take() is not None
    assert worker.take() is None


def test_a_task_that_breaks_names_its_kind_of_error_and_nothing_it_held(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rasid.desk.inbox import worker
    from rasid.desk.inbox.models import Job

    def broken(job: Job) -> dict[str, Any]:
        raise ValueError("اسم مصدر سري")

    worker.load_tasks()
    monkeypatch.setitem(worker.TASKS, "broken", broken)
    Job.objects.create(kind="broken")
    worker.work_off()
    job = Job.objects.get()
    assert (job.state, job.says) == ("failed", "broke: ValueError")
    assert "سري" not in caplog.text
