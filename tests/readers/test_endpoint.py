"""A model at an endpoint on this machine: what is sent, what is taken, what is refused, what goes wrong."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from rasid.errors import InputError
from rasid.intake import of_text
from rasid.readers.endpoint import Endpoint, instructions
from rasid.readers.reader import ReaderError

TEXT = "قصفت قوات النظام بلدة سرمين أمس بقذائف الهاون. خبر مختلق."
DOCUMENT = of_text(TEXT, id="r1")
SAID = {
    "incidents": [
        {"type": "shelling", "evidence": ["قصفت قوات النظام بلدة سرمين"], "places": [{"text": "سرمين"}]},
        {"type": "air_strike", "evidence": ["أغار الطيران على البلدة"]},
    ]
}


def chat(content, **more):
    return 200, json.dumps({"choices": [{"message": {"content": content}, **more}]})


@pytest.fixture
def model():
    """A server that gives its answers in turn and keeps what it was asked."""
    asked, answers = [], []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((self.path, dict(self.headers), json.loads(body)))
            code, text = answers.pop(0)
            data = text.encode()
            self.send_response(code)
            if code == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    server.asked, server.answers = asked, answers
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def endpoint(model, **more):
    return Endpoint(model.url, "small-one", "secret-key", pause=lambda _: None, **more)


def test_what_quotes_the_report_is_taken_and_the_rest_refused_and_listed(model):
    model.answers.append(chat(json.dumps(SAID, ensure_ascii=False)))
    found = endpoint(model).read(DOCUMENT)
    assert [i.type for i in found.reading.incidents] == ["shelling"]
    assert found.reading.report.reader == "endpoint small-one"
    assert [(r.part, r.why) for r in found.refusals] == [
        ("incidents[1].evidence[0]", "not in the text"),
        ("incidents[1]", "no quote of the text bears it out"),
    ]


def test_the_model_is_asked_with_rules_values_and_the_whole_report(model):
    model.answers.append(chat("{}"))
    endpoint(model).read(DOCUMENT)
    ((path, headers, body),) = model.asked
    assert (path, headers["Authorization"]) == ("/v1/chat/completions", "Bearer secret-key")
    assert (body["model"], body["temperature"]) == ("small-one", 0)
    system, user = (m["content"] for m in body["messages"])
    assert TEXT in user
    assert "aid_obstruction" in system
    assert "letter for letter" in system


def test_fenced_json_is_json(model):
    model.answers.append(chat(f"```json\n{json.dumps(SAID)}\n```"))
    assert len(endpoint(model).read(DOCUMENT).reading.incidents) == 1


def test_passing_trouble_is_asked_again(model):
    model.answers += [(503, "busy"), chat("no JSON at all"), chat("{}")]
    assert endpoint(model).read(DOCUMENT).reading.incidents == []
    assert len(model.asked) == 3


@pytest.mark.parametrize(
    ("answers", "what", "asked"),
    [
        ([(401, "who are you")], "answered 401: who are you", 1),
        ([(500, "")] * 2, "answered 500", 2),
        ([(302, "")], "answered 302", 1),
        ([chat("nonsense")] * 2, "answered no JSON", 2),
        ([(200, "[]")] * 2, "answered no JSON", 2),
        ([chat("{", finish_reason="length")], "stopped in the middle", 1),
    ],
)
def test_what_goes_wrong_is_told_and_never_shows_the_key(model, answers, what, asked):
    model.answers += answers
    reader = endpoint(model, tries=2)
    with pytest.raises(ReaderError, match=what) as e:
        reader.read(DOCUMENT)
    assert "secret-key" not in str(e.value) + repr(reader)
    assert len(model.asked) == asked


def test_nobody_there_is_told():
    with pytest.raises(ReaderError, match="cannot be reached"):
        Endpoint("http://127.0.0.1:9/v1", "m", tries=1).read(DOCUMENT)


def test_reports_are_not_sent_in_the_open():
    with pytest.raises(InputError, match="use https"):
        Endpoint("http://models.example/v1", "m")
    with pytest.raises(InputError, match="no address"):
        Endpoint("models.example", "m")
    assert Endpoint("https://models.example/v1", "m").name == "endpoint m"


def test_a_report_that_is_too_long_is_not_sent(model):
    with pytest.raises(InputError, match="longer than"):
        endpoint(model, longest=10).read(DOCUMENT)
    assert model.asked == []


def test_the_values_are_those_of_the_contract():
    from rasid.model.vocabulary import IncidentType, TermAct

    assert all(value in instructions() for value in (*IncidentType, *TermAct))
