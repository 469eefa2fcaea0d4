"""Euro foreign exchange reference rates of the European Central Bank, means of a year: units of currency for 1 euro.

Source: ECB Data Portal, series EXR.A.<currency>.EUR.SP00.A. Checked against the means of the daily rates
(eurofxref-hist), all within 0.02 %. A year or currency that is not here gives no euro value.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

_FIRST_YEAR = 2005
_MOST_DIGITS = 20  # before the point; with more the cents could not be reckoned exactly
_RATES: Mapping[str, str] = {
    "SEK": "9.2822 9.2544 9.2501 9.6152 10.6191 9.5373 9.0298 8.7041 8.6515 9.0985 9.3535 9.4689 9.6351 10.2583"
    " 10.5891 10.4848 10.1465 10.6296 11.4788 11.4325 11.0663",
    "USD": "1.2441 1.2556 1.3705 1.4708 1.3948 1.3257 1.3920 1.2848 1.3281 1.3285 1.1095 1.1069 1.1297 1.1810"
    " 1.1195 1.1422 1.1827 1.0530 1.0813 1.0824 1.1300",
    "DKK": "7.4518 7.4591 7.4506 7.4560 7.4462 7.4473 7.4506 7.4437 7.4579 7.4548 7.4587 7.4452 7.4386 7.4532"
    " 7.4661 7.4542 7.4370 7.4396 7.4509 7.4589 7.4634",
    "NOK": "8.0092 8.0472 8.0165 8.2237 8.7278 8.0043 7.7934 7.4751 7.8067 8.3544 8.9496 9.2906 9.3270 9.5975"
    " 9.8511 10.7228 10.1633 10.1026 11.4248 11.6290 11.7173",
    "GBP": "0.68380 0.68173 0.68434 0.79628 0.89094 0.85784 0.86788 0.81087 0.84926 0.80612 0.72584 0.81948 0.87667"
    " 0.88471 0.87777 0.88970 0.85960 0.85276 0.86979 0.84662 0.85679",
}


def in_euro(value: Decimal, currency: str, year: int | None) -> Decimal | None:
    """The value in whole cents of euro; None when the rate of that year is not known, or for more than any real sum."""
    if currency == "EUR":
        return value
    rates = _RATES.get(currency, "").split()
    if year is None or not _FIRST_YEAR <= year < _FIRST_YEAR + len(rates) or value.adjusted() >= _MOST_DIGITS:
        return None
    return (value / Decimal(rates[year - _FIRST_YEAR])).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
