"""Forms of the inbox."""

from __future__ import annotations

from typing import Any

from django import forms

from rasid.desk.words import T


class Paste(forms.Form):
    text = forms.CharField(
        label=T("نص التقرير كما هو", "The report as it is"),
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(
            {
                "dir": "auto",
                "rows": 9,
                "class": "paste",
                "placeholder": T("الصق النص هنا…", "Paste the text here…"),
            }
        ),
    )
    title = forms.CharField(
        label=T("العنوان", "Title"), max_length=300, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    published = forms.DateField(
        label=T("يوم النشر", "Day of publication"), required=False, widget=forms.DateInput({"type": "date"})
    )
    publisher = forms.CharField(
        label=T("الجهة الناشرة", "Publisher"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    url = forms.URLField(
        label=T("الرابط", "Address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput({"dir": "ltr"}),
    )
    source = forms.CharField(
        label=T("من أعطاك إياه؟ (يُختم ويُحجب)", "Who gave it to you? (sealed, never shown)"),
        max_length=500,
        required=False,
        help_text=T(
            "يُحفظ مشفّرًا بمفتاح خارج قاعدة البيانات، ولا يظهر في أي صفحة أو ملف.",
            "Kept encrypted under a key outside the database; appears on no page and in no file.",
        ),
        widget=forms.TextInput({"dir": "auto", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(str(T("لا نص هنا", "There is no text here")))
        return text

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"] or "")
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError("http(s)")
        return url


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        one = super().clean
        return [one(d, initial) for d in data] if isinstance(data, (list, tuple)) else [one(data, initial)]


class Files(forms.Form):
    files = FilesField(label=T("ملفات", "Files"), widget=ManyFiles({"multiple": True}))
    published = forms.DateField(
        label=T("يوم النشر إن عُرف", "Day of publication, if known"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
    )


class Address(forms.Form):
    url = forms.URLField(
        label=T("رابط صفحة", "Address of a page"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput({"dir": "ltr", "placeholder": "https://"}),
    )


class FeedForm(forms.Form):
    url = forms.URLField(
        label=T("رابط خلاصة", "Address of a feed"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput({"dir": "ltr", "placeholder": "https://"}),
    )
    minutes = forms.TypedChoiceField(
        label=T("كل (دقيقة)", "Every (minutes)"),
        coerce=int,
        choices=[(15, "15"), (30, "30"), (60, "60"), (360, "360"), (1440, "1440")],
        initial=30,
    )
