"""`/health`: whether it serves, and what."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Serving
from api.models import Health

router = APIRouter(tags=["service"])


@router.get("/health")
async def get_health(served: Serving) -> Health:
    """Answers from memory, whatever the readers do."""
    current = served.maybe
    manifest = current.generation.manifest if current else None
    return Health(
        status="ok" if manifest else "empty",
        generation=manifest.number if manifest else None,
        built=manifest.built if manifest else None,
        readers=len(served.readers),
    )
