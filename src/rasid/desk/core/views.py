"""Coming in and going out, one's own account, people, policy, log."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rasid.desk.core import audit, forms, services, throttle
from rasid.desk.core.doors import fresh, needs, safe_next
from rasid.desk.core.errors import page
from rasid.desk.core.models import Token, User
from rasid.desk.core.policy import Policy, policy, set_policy
from rasid.desk.core.roles import RANK, May, Role
from rasid.desk.words import T

# One hash that nobody's password has: unknown names must take as long as known ones.
_NOBODY = "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHRzb21lc2FsdA$uZ1hZ0m0t3Zc0l5r2yS8Yw"


def home(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("overview")
    if policy().public_site and not services.nobody_yet():
        return redirect("public:front")
    return redirect("login")


def _enter(request: HttpRequest, user: User) -> None:
    request.session.cycle_key()
    request.session[SESSION_KEY] = str(user.pk)
    request.session["epoch"] = user.epoch
    request.session["fresh"] = time.time()
    request.session.pop("pending", None)
    audit.note("account.login", by=user, record=f"user:{user.pk}")


@sensitive_post_parameters()
def first(request: HttpRequest, secret: str) -> HttpResponse:
    """A one-time link: the first editor, an invited colleague, or a new password."""
    where = throttle.address(request)
    if throttle.blocked("link", where):
        return page(request, 429)
    found = services.open_invite(secret)
    if found is None:
        throttle.note("link", where)
        raise Http404
    form_class = forms.TwoPasswords if found.user else forms.NewAccount
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            user = services.accept_invite(found, held.get("username", ""), held.get("name", ""), held["password"])
        except (ValueError, ValidationError) as e:
            raise Http404 from e
        _enter(request, user)
        return redirect("account")
    return render(request, "core/first.html", {"form": form, "invite": found, "is_first": services.nobody_yet()})


@sensitive_post_parameters()
def login(request: HttpRequest) -> HttpResponse:
    form = forms.Login(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        name, where = form.cleaned_data["username"].casefold(), throttle.address(request)
        if (
            throttle.blocked("login", f"{name}@{where}")
            or throttle.blocked("login", name)
            or throttle.blocked("login_from", where)
        ):
            return page(request, 429)
        user = _who(name, form.cleaned_data["password"])
        if user is None:
            for what, whom in (("login", f"{name}@{where}"), ("login", name), ("login_from", where)):
                throttle.note(what, whom)
            audit.note("account.login_failed", record="login")
            form.add_error(None, str(T("الاسم أو كلمة المرور غير صحيحين", "The name or the password is wrong")))
            status = 401
        else:
            throttle.forget("login", f"{name}@{where}")
            throttle.forget("login", name)
            if user.has_totp:
                request.session["pending"] = [user.pk, user.epoch, time.time()]
                return redirect(f"{reverse('second')}?next={safe_next(request)}")
            _enter(request, user)
            return redirect(safe_next(request))
    return render(
        request,
        "core/login.html",
        {"form": form, "next": safe_next(request), "nobody": services.nobody_yet()},
        status=status,
    )


def _who(name: str, password: str) -> User | None:
    from django.contrib.auth.hashers import check_password

    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        check_password(password, _NOBODY)
        return None
    return user if user.check_password(password) else None


@sensitive_post_parameters()
def second(request: HttpRequest) -> HttpResponse:
    """The second factor, within five minutes of the first."""
    pending = request.session.get("pending")
    if not pending or time.time() - pending[2] > 300:
        return redirect("login")
    user = get_object_or_404(User, pk=pending[0], epoch=pending[1], is_active=True)
    if throttle.blocked("second", str(user.pk)):
        return page(request, 429)
    form, status = forms.Code(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if services.check_totp(user, code) or services.use_recovery_code(user, code):
            throttle.forget("second", str(user.pk))
            _enter(request, user)
            return redirect(safe_next(request))
        throttle.note("second", str(user.pk))
        form.add_error(None, str(T("الرمز غير صحيح", "The code is wrong")))
        status = 401
    return render(request, "core/second.html", {"form": form, "next": safe_next(request)}, status=status)


@sensitive_post_parameters()
@needs(May.SEE)
def reauth(request: HttpRequest) -> HttpResponse:
    if throttle.blocked("reauth", str(request.user.pk)):
        return page(request, 429)
    form, status = forms.PasswordAgain(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        if request.user.check_password(form.cleaned_data["password"]):
            request.session["fresh"] = time.time()
            return redirect(safe_next(request))
        throttle.note("reauth", str(request.user.pk))
        form.add_error(None, str(T("كلمة المرور غير صحيحة", "The password is wrong")))
        status = 401
    return render(request, "core/reauth.html", {"form": form, "next": safe_next(request)}, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect("login")


# ——— one's own account


@needs(May.SEE)
def account(request: HttpRequest) -> HttpResponse:
    made = request.session.pop("shown_once", None)
    return render(
        request,
        "core/account.html",
        {
            "tokens": request.user.tokens.order_by("-made"),
            "token_form": forms.TokenForm(),
            "shown_once": made,
            "now": timezone.now(),
        },
    )


@sensitive_post_parameters()
@needs(May.SEE)
@fresh
def totp(request: HttpRequest) -> HttpResponse:
    """Set the second factor up; the secret waits in the session until a code proves it."""
    secret = request.session.get("totp_new") or services.new_totp()
    request.session["totp_new"] = secret
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = services.enable_totp(request.user, secret, form.cleaned_data["code"])
        if codes:
            request.session.pop("totp_new")
            return render(request, "core/codes.html", {"codes": codes})
        form.add_error("code", str(T("الرمز غير صحيح", "The code is wrong")))
    drawn = segno.make(services.totp_address(request.user, secret), error="m").svg_inline(
        scale=5, svgclass="qr", lineclass=None, omitsize=True
    )
    return render(request, "core/totp.html", {"form": form, "secret": secret, "qr": mark_safe(drawn)})


@require_POST
@needs(May.SEE)
@fresh
def totp_off(request: HttpRequest) -> HttpResponse:
    services.disable_totp(request.user, by=request.user)
    return redirect("account")


@require_POST
@needs(May.SEE)
@fresh
def codes_anew(request: HttpRequest) -> HttpResponse:
    audit.note("account.codes_anew", by=request.user, record=f"user:{request.user.pk}")
    return render(request, "core/codes.html", {"codes": services.fresh_recovery_codes(request.user)})


@sensitive_post_parameters()
@needs(May.SEE)
@fresh
def password(request: HttpRequest) -> HttpResponse:
    form = forms.TwoPasswords(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_password(request.user, form.cleaned_data["password"])
        audit.note("account.password", by=request.user, record=f"user:{request.user.pk}")
        _enter(request, request.user)
        return redirect("account")
    return render(request, "core/password.html", {"form": form})


@require_POST
@needs(May.SEE)
@fresh
def token_new(request: HttpRequest) -> HttpResponse:
    form = forms.TokenForm(request.POST)
    if form.is_valid():
        request.session["shown_once"] = services.make_token(
            request.user, form.cleaned_data["name"], form.cleaned_data["scopes"], form.cleaned_data["days"]
        )
    else:
        messages.error(request, str(T("اختر اسمًا ونطاقًا واحدًا على الأقل", "Give a name and at least one scope")))
    return redirect("account")


@require_POST
@needs(May.SEE)
def token_end(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(Token, pk=pk, user=request.user)
    Token.objects.filter(pk=token.pk).update(revoked=timezone.now())
    audit.note("token.ended", by=request.user, record=f"token:{pk}")
    return redirect("account")


# ——— people and policy


@needs(May.ADMINISTER)
def people(request: HttpRequest) -> HttpResponse:
    link = request.session.pop("link_once", None)
    return render(
        request,
        "core/people.html",
        {"people": User.objects.order_by("username"), "form": forms.InviteForm(), "link": link},
    )


def _link(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("first", args=[secret]))


@require_POST
@needs(May.ADMINISTER)
@fresh
def invite(request: HttpRequest) -> HttpResponse:
    form = forms.InviteForm(request.POST)
    if form.is_valid():
        request.session["link_once"] = _link(request, services.invite(Role(form.cleaned_data["role"]), request.user))
    return redirect("people")


@needs(May.ADMINISTER)
@fresh
def person(request: HttpRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    form = forms.RoleForm(
        request.POST or None,
        initial={"role": who.role, "needs_sources": who.needs_sources, "is_active": who.is_active},
    )
    if request.method == "POST" and form.is_valid() and _change_person(request, who, form.cleaned_data):
        return redirect("people")
    return render(request, "core/person.html", {"who": who, "form": form})


def _change_person(request: HttpRequest, who: User, held: dict[str, Any]) -> bool:
    """Apply what differs; the last open administrator cannot shut everybody out."""
    loses = held["role"] != Role.ADMINISTRATOR.value or not held["is_active"]
    others = User.objects.filter(role=Role.ADMINISTRATOR.value, is_active=True).exclude(pk=who.pk)
    if who.role == Role.ADMINISTRATOR.value and loses and not others.exists():
        messages.error(request, str(T("هذا آخر مدير مفعّل", "This is the last open administrator")))
        return False
    changed = {k: (getattr(who, k), v) for k, v in held.items() if getattr(who, k) != v}
    for k, (_, v) in changed.items():
        setattr(who, k, v)
    if changed:
        lowered = RANK[Role(changed["role"][1])] < RANK[Role(changed["role"][0])] if "role" in changed else False
        if lowered or "is_active" in changed:
            who.epoch += 1
        who.save(update_fields=[*changed, "epoch"])
        audit.note(
            "account.changed",
            by=request.user,
            record=f"user:{who.pk}",
            changed={k: list(v) for k, v in changed.items()},
        )
    return True


@require_POST
@needs(May.ADMINISTER)
@fresh
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    who = get_object_or_404(User, pk=pk)
    request.session["link_once"] = _link(request, services.reset_link(who, request.user))
    return redirect("people")


@needs(May.ADMINISTER)
@fresh
def settings_page(request: HttpRequest) -> HttpResponse:
    form = forms.PolicyForm(request.POST or None, initial=asdict(policy()))
    if request.method == "POST" and form.is_valid():
        changed = set_policy(Policy(**form.cleaned_data))
        if changed:
            audit.note(
                "policy.changed",
                by=request.user,
                record="policy",
                changed={k: list(v) for k, v in changed.items()},
            )
        messages.success(request, str(T("حُفظت السياسة", "Policy kept")))
        return redirect("settings")
    return render(request, "core/settings.html", {"form": form})
