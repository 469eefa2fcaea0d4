"""Values in euro: exact to the cent, and never an error for an amount that a node may hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from graph.node import Money
from graph.rates import in_euro


@pytest.mark.parametrize("text", ["0", "1E-999999", "0.1", "9" * 15, "9" * 20, "9" * 44, "1E+44", "1E+999999"])
@pytest.mark.parametrize("currency", ["SEK", "EUR", "GBP", "XTS"])
def test_no_amount_is_an_error(text: str, currency: str) -> None:
    money = Money(Decimal(text), currency, 2024)
    euro = in_euro(money.value, money.currency, money.year)
    assert euro is None or euro >= 0


def test_the_rate_is_that_of_the_year() -> None:
    assert in_euro(Decimal(570000), "SEK", 2008) == Decimal("59281.14")
    assert in_euro(Decimal(570000), "SEK", None) is None
    assert in_euro(Decimal(570000), "SEK", 1999) is None
