"""Why a request got no answer, as far as a browser tells."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from .answers import Facts

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # nosec B104 # noqa: S104 - compared, not bound to

USUAL_PORTS = {"http": 80, "https": 443}


def explain_failure(url: str, facts: Facts) -> str:
    """One sentence for a person: what may be the matter with a request for `url` that failed."""
    address = _split(url)
    if address is None or address.scheme not in {"http", "https"}:
        return f"{_short(url)} cannot be fetched: an address begins with https:// and the name of a server."
    host = _host_of(address)
    page = urlsplit(facts.page)
    if host == page.netloc:
        return f"{host} is this platform itself, which programs cannot fetch from."
    if page.scheme == "https" and address.scheme == "http":
        return (
            f"{_short(url)} cannot be fetched: this page came over https, and from there a browser fetches only "
            "addresses that begin with https://."
        )
    if not facts.is_online:
        return f"{host} could not be reached: this device is offline."
    if facts.is_forbidden:
        return f"{host} cannot be fetched from: the settings of this platform do not allow it (ask your teacher)."
    return _explain_silence(host, address, facts.answers)


def explain_timeout(url: str, seconds: float) -> str:
    """One sentence for a request that was given up after `seconds`."""
    address = _split(url)
    host = _host_of(address) if address else _short(url)
    unit = "second" if seconds == 1 else "seconds"
    return f"{host} did not answer within {seconds:g} {unit}, the timeout that the program set."


def _explain_silence(host: str, address: SplitResult, answers: bool | None) -> str:
    if answers:
        return (
            f"{host} answers, but does not allow programs in a browser to read its answer (CORS): only its owner can "
            "change that, so choose another source (the page /cors/ explains which ones work)."
        )
    dead = "the address is wrong, its server is down, or the network blocks it"
    if address.hostname in LOCAL_HOSTS:
        dead = "no server is running there on this device"
    elif "." not in (address.hostname or ""):
        dead = "that is not the full name of a server (such as api.example.org)"
    if answers is False:
        return f"{host} does not seem to answer: most likely {dead} (the page /cors/ says more)."
    return (
        f"{host} could not be reached: {dead}, or it does not allow programs in a browser to read its answer (CORS); a "
        "browser does not tell which (the page /cors/ says more)."
    )


def _split(url: str) -> SplitResult | None:
    try:
        address = urlsplit(url)
        # An odd port raises when it is asked for.
        return address if address.hostname and address.port != 0 else None
    except ValueError:
        return None


def _host_of(address: SplitResult) -> str:
    """The host as people write it: with its port only where that is not the usual one, and without a password."""
    return address.netloc.rpartition("@")[2].removesuffix(f":{USUAL_PORTS.get(address.scheme)}")


def _short(url: str) -> str:
    return url if len(url) <= 100 else f"{url[:99]}…"
