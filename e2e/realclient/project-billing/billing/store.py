"""Reads the invoices of data/invoices.json."""

import json
from pathlib import Path

from .invoice import Invoice, Line

FILE = Path(__file__).parent.parent / "data" / "invoices.json"


def records():
    return json.loads(FILE.read_text())


def invoices():
    for record in records():
        lines = tuple(Line(*line) for line in record["lines"])
        yield Invoice(record["number"], record["customer"], record["country"], lines)


def invoice(number):
    for found in invoices():
        if found.number == number:
            return found
    raise KeyError(number)
