"""An invoice: its lines, and what they add up to."""

from dataclasses import dataclass

from .money import to_cents
from .tax import tax_on


@dataclass(frozen=True)
class Line:
    text: str
    quantity: int
    unit_price: str

    @property
    def cents(self):
        return self.quantity * to_cents(self.unit_price)


@dataclass(frozen=True)
class Invoice:
    number: str
    customer: str
    country: str
    lines: tuple

    @property
    def net(self):
        return sum(line.cents for line in self.lines)

    @property
    def tax(self):
        return tax_on(self.net, self.country)

    @property
    def total(self):
        return self.net + self.tax
