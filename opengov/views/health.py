"""What load balancers and monitors ask: is the process alive, and can it serve?"""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from .. import health


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers; asks nobody else."""
    return JsonResponse({"ok": True})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part is well, else 503; which, and its figures, in either case."""
    report = health.report()
    is_ready = all(part.is_well for part in report.values())
    answer = {"ok": is_ready, "parts": {name: part.as_json() for name, part in report.items()}}
    return JsonResponse(answer, status=200 if is_ready else 503)
