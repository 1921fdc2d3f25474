"""Forms of accounts and policy. Fields carry both languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from rasid.desk.core.models import User
from rasid.desk.core.roles import Role
from rasid.desk.core.services import SCOPES
from rasid.desk.words import T, label


def role_choices() -> list[tuple[str, str]]:
    return [(r.value, label("role", r)) for r in Role]


class Login(forms.Form):
    username = forms.CharField(
        label=T("اسم المستخدم", "User name"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True, "dir": "ltr"}),
    )
    password = forms.CharField(
        label=T("كلمة المرور", "Password"),
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr"}),
    )


class Code(forms.Form):
    code = forms.CharField(
        label=T("رمز التحقق أو رمز الاسترداد", "Code from your app, or a recovery code"),
        max_length=32,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "dir": "ltr"}
        ),
    )


class PasswordAgain(forms.Form):
    password = forms.CharField(
        label=T("كلمة المرور", "Password"),
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr", "autofocus": True}),
    )


class TwoPasswords(forms.Form):
    password = forms.CharField(
        label=T("كلمة مرور جديدة", "New password"),
        help_text=T(
            "12 حرفًا على الأقل؛ جملة تحفظها أفضل من كلمة",
            "At least 12 characters; a sentence you can remember is best",
        ),
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )
    again = forms.CharField(
        label=T("كلمة المرور مرة أخرى", "The same again"),
        max_length=256,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("password") and held.get("again") and held["password"] != held["again"]:
            self.add_error("again", str(T("الكلمتان مختلفتان", "The two differ")))
        if held.get("password"):
            try:
                validate_password(held["password"], User(username=held.get("username", ""), name=held.get("name", "")))
            except forms.ValidationError as e:
                self.add_error("password", e)
        return held


class NewAccount(TwoPasswords):
    username = forms.CharField(
        label=T("اسم المستخدم", "User name"),
        max_length=64,
        help_text=T("حروف لاتينية وأرقام ونقطة وشرطة", "Latin letters, digits, dot and dash"),
        validators=[
            RegexValidator(r"^[a-zA-Z0-9._-]{2,64}\Z", T("حروف لاتينية وأرقام فقط", "Latin letters and digits only"))
        ],
        widget=forms.TextInput({"autocomplete": "username", "dir": "ltr", "autofocus": True}),
    )
    name = forms.CharField(
        label=T("الاسم كما يظهر للزملاء", "Name shown to colleagues"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    field_order = ["username", "name", "password", "again"]

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"]).casefold()
        if User.objects.filter(username=name).exists():
            raise forms.ValidationError(str(T("هذا الاسم مأخوذ", "This name is taken")))
        return name


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=T("الدور", "Role"), choices=role_choices)
    needs_sources = forms.BooleanField(
        label=T("يحتاج إلى معرفة هويات المصادر", "Needs to know sources’ identities"), required=False
    )
    is_active = forms.BooleanField(label=T("الحساب مفعّل", "Account is open"), required=False)


class InviteForm(forms.Form):
    role = forms.ChoiceField(label=T("الدور", "Role"), choices=role_choices, initial=Role.ANALYST.value)


def scope_choices() -> list[tuple[str, str]]:
    says = {
        "read:incidents": T("قراءة الحوادث", "Read incidents"),
        "read:ledger": T("قراءة سجل التعهّدات", "Read the ledger"),
        "read:reports": T("قراءة التقارير", "Read reports"),
        "write:reports": T("إضافة تقارير", "Add reports"),
        "write:review": T("المراجعة", "Review"),
        "export": T("التصدير", "Export"),
    }
    return [(s, f"{says[s]} ({s})") for s in SCOPES]


class TokenForm(forms.Form):
    name = forms.CharField(label=T("لأي غرض", "What for"), max_length=80, widget=forms.TextInput({"dir": "auto"}))
    scopes = forms.MultipleChoiceField(
        label=T("النطاقات", "Scopes"), choices=scope_choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=T("تنتهي بعد", "Ends after"),
        coerce=int,
        choices=[(7, "7"), (30, "30"), (90, "90"), (365, "365")],
        initial=30,
    )


class PolicyForm(forms.Form):
    public_site = forms.BooleanField(label=T("الموقع العام مفتوح", "Public site is on"), required=False)
    site_name_ar = forms.CharField(label=T("اسم الموقع بالعربية", "Site name in Arabic"), max_length=80)
    site_name_en = forms.CharField(
        label=T("اسم الموقع بالإنجليزية", "Site name in English"),
        max_length=80,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    two_person = forms.BooleanField(label=T("النشر يحتاج إلى شخصين", "Publication takes two people"), required=False)
    delay_days = forms.IntegerField(
        label=T("تأخير النشر بالأيام", "Days before publication"), min_value=0, max_value=365
    )
    finest_place = forms.ChoiceField(
        label=T("أدقّ مكان يُنشر", "Finest place published"),
        choices=lambda: [
            ("settlement", str(T("البلدة أو المدينة", "Town or city"))),
            ("district", str(T("المنطقة", "District"))),
            ("governorate", str(T("المحافظة", "Governorate"))),
            ("country", str(T("البلد", "Country"))),
        ],
    )
    publish_names = forms.BooleanField(
        label=T("يجوز نشر أسماء الأشخاص في الاقتباسات", "Quotes may name persons"), required=False
    )
    publish_sources = forms.BooleanField(label=T("تُذكر الجهات الناشرة", "Outlets are named"), required=False)
    export_needs_approval = forms.BooleanField(
        label=T("التصدير يحتاج إلى موافقة محرّر", "Exports need an editor’s approval"), required=False
    )
    export_days = forms.IntegerField(
        label=T("تبقى الملفات المصدّرة (أيام)", "Export files stay (days)"), min_value=1, max_value=90
    )
    totp_from_role = forms.ChoiceField(
        label=T("التحقق بخطوتين إلزامي من دور", "Second factor required from role"),
        required=False,
        choices=lambda: [("", "—"), *role_choices()],
    )
    fetch_hosts = forms.CharField(
        label=T("مواقع يجوز جلب صفحاتها", "Sites whose pages may be fetched"),
        required=False,
        max_length=2000,
        help_text=T(
            "فارغة: كل المواقع العامة. النقطة قبل الاسم تشمل ما تحته.",
            "Empty: any public site. A dot before a name takes in what lies under it.",
        ),
        widget=forms.TextInput({"dir": "ltr", "placeholder": "example.org .example.net"}),
    )
    tile_url = forms.URLField(
        label=T("عنوان خلفية الخريطة (اختياري)", "Map tile address (optional)"),
        required=False,
        assume_scheme="https",
        help_text=T("بلا عنوان تعمل الخريطة من دون إنترنت", "Without one the map works offline"),
        widget=forms.TextInput({"dir": "ltr", "placeholder": "https://tiles.example.org/{z}/{x}/{y}.png"}),
    )
    tile_credit = forms.CharField(label=T("حقوق الخلفية", "Tile credit"), max_length=200, required=False)

    def clean_tile_url(self) -> str:
        url = str(self.cleaned_data["tile_url"] or "")
        if url and not url.startswith("https://"):
            raise forms.ValidationError(str(T("https فقط", "https only")))
        return url
