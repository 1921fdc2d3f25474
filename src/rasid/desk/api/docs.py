"""The API's description as a plain page: no script from elsewhere, works offline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest) -> HttpResponse:
    from rasid.desk.api.urls import api

    schema = api.get_openapi_schema()
    calls = [
        {
            "method": method.upper(),
            "path": path,
            "summary": call.get("summary", ""),
            "description": call.get("description", ""),
            "tags": call.get("tags", []),
            "parameters": call.get("parameters", []),
            "auth": call.get("security") is not None,
        }
        for path, methods in schema["paths"].items()
        for method, call in methods.items()
    ]
    return render(request, "api/docs.html", {"calls": calls, "info": schema["info"]})
