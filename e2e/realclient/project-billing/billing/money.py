"""Amounts of money, in whole cents."""


def to_cents(price):
    """'19.99' -> 1999"""
    return int(float(price) * 100)


def show(cents, currency="EUR"):
    """1999 -> 'EUR 19.99'"""
    return "%s %d.%02d" % (currency, cents // 100, cents % 100)
