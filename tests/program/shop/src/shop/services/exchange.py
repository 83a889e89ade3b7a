"""Rates of exchange, from a service on the internet."""

import requests

from shop.settings import get_settings

_rates: dict[str, float] = {}


class RateSource:
    def __init__(self, url: str):
        self.url = url
        self.session = requests.Session()

    # reaches: blocks.http
    def latest(self, currency: str) -> float:
        # finding: http-missing-timeout
        answer = self.session.get(self.url, params={"currency": currency})
        return answer.json()["rate"]


def source() -> RateSource:
    return RateSource(get_settings().rates_url)


def fresh_rate(currency: str, refresh: bool = True) -> float:
    if refresh:
        # -> shop.services.exchange.source, shop.services.exchange.RateSource.latest
        rate = source().latest(currency)
        # finding: cache-unbounded
        _rates[currency] = rate
    return _rates[currency]


def price(cents: int, currency: str) -> int:
    # -> shop.services.exchange.fresh_rate
    return round(cents * fresh_rate(currency))


# The branch that asks the network is not taken: nothing blocks here.
def known_price(cents: int, currency: str) -> int:
    return round(cents * fresh_rate(currency, refresh=False))
