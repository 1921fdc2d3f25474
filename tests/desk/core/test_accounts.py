"""Signing in, second factor, links, sessions, people and policy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from tests.desk.cast import PASSWORD

Client = Callable[[str], Any]
pytestmark = pytest.mark.usefixtures("empty")


def test_passwords_of_a_real_desk_are_kept_by_argon2() -> None:
    from pathlib import Path

    import rasid.desk.settings as kept

    assert 'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]' in Path(kept.__file__).read_text(
        encoding="utf-8"
    )


def test_who_is_not_there_and_who_errs_get_the_same_answer(as_: Client) -> None:
    a = as_("public").post("/ar/login/", {"username": "nobody-at-all", "password": PASSWORD})
    b = as_("public").post("/ar/login/", {"username": "rima", "password": "wrong wrong wrong"})
    assert (a.status_code, b.status_code) == (401, 401)
    assert a.content.count("غير صحيحين".encode()) == b.content.count("غير صحيحين".encode()) == 1


def test_next_leads_only_into_the_desk(as_: Client) -> None:
    for bad in (
        "https://evil.test/",
        "//evil.test/",
        "javascript:alert(1)",
        "http:evil.test",
        "\\\\evil.test",
    ):
        answer = as_("public").post(f"/ar/login/?next={bad}", {"username": "rima", "password": PASSWORD, "next": bad})
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]
        as_("public").post("/ar/logout/")


def test_the_second_factor_is_asked_for_and_each_code_works_once(as_: Client, person: Any) -> None:
    from rasid.desk.core import services

    secret = services.new_totp()
    rima = person("rima")
    codes = services.enable_totp(rima, secret, pyotp.TOTP(secret).now())
    assert codes
    assert secret not in rima.totp_sealed
    c = as_("public")
    assert "/login/code/" in c.post("/ar/login/", {"username": "rima", "password": PASSWORD})["Location"]
    assert c.get("/ar/desk/").status_code == 302, "half a sign-in is none"
    assert c.post("/ar/login/code/", {"code": pyotp.TOTP(secret).now()}).status_code == 401, "used when it was set up"
    assert c.post("/ar/login/code/", {"code": codes[3]}).status_code == 302
    assert c.get("/ar/desk/").status_code == 200
    c.post("/ar/logout/")
    c.post("/ar/login/", {"username": "rima", "password": PASSWORD})
    assert c.post("/ar/login/code/", {"code": codes[3]}).status_code == 401


def test_guessing_the_second_factor_is_limited(as_: Client, person: Any) -> None:
    from rasid.desk.core import services

    secret = services.new_totp()
    services.enable_totp(person("rima"), secret, pyotp.TOTP(secret).now())
    c = as_("public")
    c.post("/ar/login/", {"username": "rima", "password": PASSWORD})
    assert [c.post("/ar/login/code/", {"code": "000000"}).status_code for _ in range(6)] == [401] * 5 + [429]


def test_recovery_codes_are_in_no_log(as_: Client, person: Any, caplog: pytest.LogCaptureFixture) -> None:
    from rasid.desk.core import services
    from rasid.desk.shelf import book

    caplog.set_level("DEBUG")
    codes = services.fresh_recovery_codes(person("rima"))
    assert services.use_recovery_code(person("rima"), codes[0])
    written = caplog.text + "".join(str(e.detail) for e in book().log())
    assert not any(c in written for c in codes)


def test_a_new_password_ends_all_other_sessions(as_: Client, person: Any) -> None:
    from tests.desk.cast import log_in

    here, there = log_in("rima"), log_in("rima")
    new = "another long sentence of hers"
    assert here.post("/ar/account/password/", {"password": new, "again": new}).status_code == 302
    assert here.get("/ar/desk/").status_code == 200
    assert there.get("/ar/desk/").status_code == 302


@pytest.mark.parametrize("word", ["short", "password1234", "123456789012", "rima-rima-rima"])
def test_weak_passwords_are_refused(as_: Client, person: Any, word: str) -> None:
    answer = as_("rima").post("/ar/account/password/", {"password": word, "again": word})
    if word != "rima-rima-rima":
        assert answer.status_code == 200
    assert person("rima").check_password(word) == (answer.status_code == 302)


def test_an_invitation_gives_the_role_it_names_once_and_ends(as_: Client, person: Any) -> None:
    from django.utils import timezone

    from rasid.desk.core.models import Invite, User

    as_("amal").post("/ar/people/invite/", {"role": "analyst"})
    page = as_("amal").get("/ar/people/").content.decode()
    link = page.split("/first/")[1].split("/")[0]
    assert "/first/" not in as_("amal").get("/ar/people/").content.decode(), "shown once"
    form = {"username": "salma", "name": "سلمى", "password": PASSWORD, "again": PASSWORD}
    assert as_("public").post(f"/ar/first/{link}/", form).status_code == 302
    assert User.objects.get(username="salma").role == "analyst"
    as_("amal").post("/ar/people/invite/", {"role": "analyst"})
    Invite.objects.filter(used=None).update(expires=timezone.now() - timedelta(seconds=1))
    late = as_("amal").get("/ar/people/").content.decode().split("/first/")[1].split("/")[0]
    assert as_("nour").get(f"/ar/first/{late}/").status_code == 404


def test_the_last_administrator_cannot_shut_the_door(as_: Client, person: Any) -> None:
    amal = person("amal")
    for form in ({"role": "reader", "is_active": "on"}, {"role": "administrator"}):
        as_("amal").post(f"/ar/people/{amal.pk}/", form)
        amal.refresh_from_db()
        assert (amal.role, amal.is_active) == ("administrator", True)


def test_a_closed_account_is_out_at_once(as_: Client, person: Any) -> None:
    assert as_("rima").get("/ar/desk/").status_code == 200
    as_("amal").post(f"/ar/people/{person('rima').pk}/", {"role": "analyst"})
    assert as_("rima").get("/ar/desk/").status_code == 302
    assert as_("public").post("/ar/login/", {"username": "rima", "password": PASSWORD}).status_code == 401


def test_tokens_end_with_their_account_their_day_and_their_word(as_: Client, person: Any) -> None:
    from django.utils import timezone
    from tests.desk.cast import token

    from rasid.desk.core.models import Token

    secret = token("rima", "read:incidents")
    door = {"Authorization": f"Bearer {secret}"}
    ask = lambda: as_("public").get("/api/incidents", headers=door).status_code  # noqa: E731
    assert ask() == 200
    assert as_("public").get("/api/reports", headers=door).status_code == 404, "a scope that it has not"
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert ask() == 401
    Token.objects.update(expires=timezone.now() + timedelta(days=1))
    assert ask() == 200
    as_("rima").post(f"/ar/account/tokens/{Token.objects.get().pk}/end/")
    assert ask() == 401


@pytest.mark.parametrize("who", ["nour", "karim", "rima", "badr"])
def test_people_and_policy_are_the_administrators(as_: Client, who: str) -> None:
    for path in ("/ar/people/", "/ar/settings/", "/ar/people/1/"):
        assert as_(who).get(path).status_code == 404
    assert as_("public").get("/ar/people/").status_code == 302


def test_policy_changes_are_in_the_log_with_before_and_after(as_: Client) -> None:
    from dataclasses import asdict

    from rasid.desk.core.policy import policy
    from rasid.desk.shelf import book

    form = {k: v for k, v in asdict(policy()).items() if v not in (False, "")} | {"delay_days": 7}
    assert as_("amal").post("/ar/settings/", form).status_code == 302
    assert policy().delay_days == 7
    entry = [e for e in book().log() if e.action == "policy.changed"][-1]
    assert entry.detail["changed"]["delay_days"] == [0, 7]


def test_the_log_is_for_editors_and_shows_that_its_chain_holds(as_: Client) -> None:
    assert as_("rima").get("/ar/log/").status_code == 404
    assert as_("badr").get("/ar/log/").status_code == 200
    assert "سليمة" in as_("badr").post("/ar/log/verify/").content.decode()


def test_errors_say_nothing_of_what_is_behind_them(as_: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that breaks shows no value it held: a traceback with locals would print a protected source."""
    from rasid.desk.incidents import views

    def broken(*args: object) -> None:
        secret = "اسم المصدر السري"
        raise RuntimeError(secret)

    monkeypatch.setattr(views.filters, "read", broken)
    c = as_("rima")
    c.raise_request_exception = False
    answer = c.get("/ar/incidents/")
    assert answer.status_code == 500
    assert "السري" not in answer.content.decode()
