"""The verdicts as a page of the documentation."""

from __future__ import annotations

from benchmarks.faults.trial import Verdict


def as_markdown(verdicts: list[Verdict], machine: str) -> str:
    kept = sum(verdict.is_kept for verdict in verdicts)
    lines = [
        "# What a host survives",
        "",
        f"Made by `make faults`: students save all the time, as the page does, while the host is harmed. {machine}.",
        f"{kept} of {len(verdicts)} are kept. A save counts as lost unless its revision is there to the byte.",
        "",
        "| harm | | saves acknowledged | lost | slowest answer | ready again | answers |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for verdict in verdicts:
        found = {check.what: check for check in verdict.checks}
        shown = [
            f"{found[what].measured:.3g}{found[what].unit}" if what in found else "–"
            for what in ("acknowledged saves that are lost", "slowest answer", "ready again after")
        ]
        mark = "kept" if verdict.is_kept else "**not kept**"
        lines.append(
            f"| {verdict.harm or verdict.name} | {mark} | {verdict.saves} | {' | '.join(shown)} | {verdict.answers} |"
        )
    troubles = [
        f"- {verdict.name}: {trouble}"
        for verdict in verdicts
        for trouble in [*_exceeded(verdict), *verdict.troubles[:3]]
    ]
    if troubles:
        lines += ["", "## Not kept", "", *troubles]
    return "\n".join(lines) + "\n"


def _exceeded(verdict: Verdict) -> list[str]:
    return [
        f"{check.what}: {check.measured:.3g}{check.unit}, at most {check.limit:.3g} is allowed"
        for check in verdict.checks
        if not check.is_kept
    ]
