"""The least that a save can be: no session, no permission, no limits, no second try that is answered the same."""

from __future__ import annotations

import json

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from benchmarks.server.bare.models import Document, DocumentRevision


def save(request: HttpRequest, document_id: int) -> JsonResponse:
    body = json.loads(request.body)
    content, now, base = body["files"][0]["text"].encode(), timezone.now(), body["base"]
    with transaction.atomic():
        documents = Document.objects.filter(pk=document_id, revision=base)
        if not documents.update(revision=base + 1, content=content, saved_at=now):
            return JsonResponse({"error": "stale"}, status=409)
        DocumentRevision.objects.create(
            document_id=document_id, number=base + 1, key=body["key"], content=content, created_at=now
        )
    return JsonResponse({"revision": base + 1, "saved_at": now})


urlpatterns = [path("documents/<int:document_id>/save/", save)]
